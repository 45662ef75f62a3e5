package main

import "testing"

func TestThousands(t *testing.T) {
	for x, want := range map[float64]string{7: "7", 999: "999", 1234: "1,230", 17_954.3: "18,000", 1_234_567: "1,230,000"} {
		if got := thousands(x); got != want {
			t.Errorf("%v is %q, want %q", x, got, want)
		}
	}
}
