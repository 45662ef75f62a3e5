package pgtest

// What the tests look at from outside.
var Excused = excused

// Dir is the server's folder.
func (s *Server) Dir() string { return s.dir }
