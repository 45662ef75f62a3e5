package sqlite

import "context"

// Exec runs a statement behind the store's back.
func Exec(ctx context.Context, s *Store, sql string) error {
	_, err := s.b.write.ExecContext(ctx, sql)
	return err
}
