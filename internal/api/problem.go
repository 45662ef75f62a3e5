package api

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/store"
)

// Problem is an error as a caller gets it (RFC 9457).
type Problem struct {
	Type   string `json:"type" doc:"about:blank"`
	Title  string `json:"title" doc:"what the status means"`
	Status int    `json:"status"`
	Detail string `json:"detail" doc:"what is wrong"`
	Fix    string `json:"fix,omitempty" doc:"how to mend it"`
	// Character is where in the query the mistake is, from 0.
	Character *int   `json:"character,omitempty" doc:"where in the query the mistake is, in characters from 0"`
	MergedTo  string `json:"merged_to,omitempty" doc:"the id that stands for the one that was asked for"`
}

func (p *Problem) Error() string { return p.Detail }

// GetStatus is the status of the answer.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of problems.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

func problem(status int, detail, fix string) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Fix: fix}
}

func writeProblem(w http.ResponseWriter, p *Problem) {
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // a client that is gone
}

// problemOf tells what an error means to the caller. Errors that are not the
// caller's are not told in detail: they may name paths and tables.
func problemOf(err error) error {
	var own *Problem
	var q *query.Error
	var m *store.MergedError
	var u *Unreadable
	switch {
	case err == nil:
		return nil
	case errors.As(err, &own):
		return own
	case errors.As(err, &q):
		p := problem(http.StatusBadRequest, q.Wrong, q.Mend)
		p.Character = &q.At
		return p
	case errors.Is(err, query.ErrCursor):
		return problem(http.StatusBadRequest, "the cursor does not belong to this query", "ask for the first page again, without a cursor")
	case errors.Is(err, query.ErrKind):
		return problem(http.StatusBadRequest, "there is no such kind", "it is one of articles, statements, events, stories, claims, figures, actors")
	case errors.As(err, &m):
		p := problem(http.StatusGone, m.ID+" is part of another now", "ask for "+m.Into)
		p.MergedTo = m.Into
		return p
	case errors.Is(err, store.ErrNotFound):
		return problem(http.StatusNotFound, "it is not in the store", "lists give the ids of what is")
	case errors.As(err, &u):
		return problem(http.StatusUnprocessableEntity, u.Wrong, u.Fix)
	case store.Passing(err):
		return problem(http.StatusServiceUnavailable, "the store does not answer now", "ask again in some seconds")
	}
	return problem(http.StatusInternalServerError, "the request could not be served", "ask again; if it stays so, the server's log says why")
}
