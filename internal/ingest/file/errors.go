package file

import (
	"errors"
	"fmt"
)

// The reasons why an input is not read. An *Error wraps one of them.
var (
	ErrNotFound   = errors.New("no such file or folder")
	ErrUnreadable = errors.New("cannot be read")
	ErrNoArticles = errors.New("the folder holds no .txt, .md, .html, .json or .jsonl file")
	ErrEmpty      = errors.New("is empty")
	ErrBinary     = errors.New("is not text")
	ErrNotUTF8    = errors.New("is not valid UTF-8")
	ErrTooLarge   = errors.New("is too large")
	ErrBadJSON    = errors.New("is not the JSON that was expected")
)

// Error says which input could not be read and why.
type Error struct {
	Name string // as in Item.Name
	Err  error
	Mend string // what to do about it, "" where there is nothing to say
}

// Error gives name, reason and mend in one line.
func (e *Error) Error() string {
	s := fmt.Sprintf("%s: %v", e.Name, e.Err)
	if e.Name == "-" {
		s = fmt.Sprintf("standard input: %v", e.Err)
	}
	if e.Mend != "" {
		s += " (" + e.Mend + ")"
	}
	return s
}

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }
