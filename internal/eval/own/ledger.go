package own

// ReadValue reads a number as the tables have it: 36, ~36, >=36, >36, <=50,
// 30-40 or 24+.
func ReadValue(s string) (Value, error) { return value(s) }
