package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/onrecord/onrecord/internal/store"
)

// SQLSTATE codes, from appendix A of PostgreSQL's manual.
const (
	uniqueViolation     = "23505"
	foreignKeyViolation = "23503"
	readOnly            = "25006" // a standby took the place of the server
	idleInTransaction   = "25P03"
	serialization       = "40001"
	deadlock            = "40P01"
	diskFull            = "53100"
	outOfMemory         = "53200" // of the table of locks, too
	tooManyConnections  = "53300"
	lockNotAvailable    = "55P03"
	queryCanceled       = "57014" // by a statement_timeout, or by hand
	ioError             = "58030"
)

// classify puts the errors of PostgreSQL and of the network under those of
// package store. What comes of ctx stays what it is.
func classify(ctx context.Context, err error) error {
	if err == nil || store.Passing(err) || ctx.Err() != nil {
		return err
	}
	var e *pgconn.PgError
	if errors.As(err, &e) {
		switch e.Code {
		case serialization, deadlock, lockNotAvailable, outOfMemory, queryCanceled:
			return fmt.Errorf("%w: %w", store.ErrBusy, err)
		case diskFull:
			return fmt.Errorf("%w: %w", store.ErrFull, err)
		case readOnly, idleInTransaction, tooManyConnections, ioError:
			return fmt.Errorf("%w: %w", store.ErrAway, err)
		}
		// Class 08 is of the connection; 57P01 to 57P05 are a server that shuts
		// down, crashed, starts, dropped the session.
		if strings.HasPrefix(e.Code, "08") || strings.HasPrefix(e.Code, "57P") {
			return fmt.Errorf("%w: %w", store.ErrAway, err)
		}
		// Such as a wrong password, or a database that is not there.
		return err
	}
	var network net.Error
	var connect *pgconn.ConnectError
	if errors.As(err, &network) || errors.As(err, &connect) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: %w", store.ErrAway, err)
	}
	return err
}

// lost is err, seen as the server's being away if that cut the connection.
func lost(ctx context.Context, c *pgx.Conn, err error) error {
	if err == nil || store.Passing(err) || ctx.Err() != nil || !c.IsClosed() {
		return err
	}
	return fmt.Errorf("%w: %w", store.ErrAway, err)
}

// conflict reports whether a transaction that failed may succeed when it is run
// again at once. Two that put one row at the same time are such a pair; after
// some attempts the row is taken to be a fault.
func conflict(err error, attempt int) bool {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code {
	case serialization, deadlock:
		return true
	case uniqueViolation, foreignKeyViolation:
		return attempt < 5
	}
	return false
}
