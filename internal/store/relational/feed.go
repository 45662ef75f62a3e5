package relational

import (
	"context"
	"fmt"
	"time"

	"github.com/onrecord/onrecord/internal/news"
)

const feedColumns = `id, kind, url, title, homepage, publisher, interval_s, rights, added_at, state, state_reason,
	etag, last_modified, body_sha256, checked_at, changed_at, next_check, next_reason, failures, last_error`

func feedValues(f *news.Feed) []any {
	return []any{f.ID, string(f.Kind), f.URL, f.Title, f.Homepage, f.Publisher, int64(f.Interval / time.Second), string(f.Rights), moment(f.AddedAt), string(f.State), f.StateReason,
		f.ETag, f.LastModified, f.BodySHA256, moment(f.CheckedAt), moment(f.ChangedAt), moment(f.NextCheck), f.NextReason, f.Failures, f.LastError}
}

func scanFeed(r Rows) (news.Feed, error) {
	var f news.Feed
	var seconds int64
	var kind, rights, state string
	err := r.Scan(&f.ID, &kind, &f.URL, &f.Title, &f.Homepage, &f.Publisher, &seconds, &rights, scanMoment{&f.AddedAt}, &state, &f.StateReason,
		&f.ETag, &f.LastModified, &f.BodySHA256, scanMoment{&f.CheckedAt}, scanMoment{&f.ChangedAt}, scanMoment{&f.NextCheck}, &f.NextReason, &f.Failures, &f.LastError)
	f.Interval = time.Duration(seconds) * time.Second
	f.Kind, f.Rights, f.State = news.FeedKind(kind), news.Rights(rights), news.FeedState(state)
	return f, err
}

// Feeds lists all sources in the order in which they were added.
func (s *Store) Feeds(ctx context.Context) ([]news.Feed, error) {
	var out []news.Feed
	err := s.b.Read(ctx, func(tx Tx) error {
		out = nil
		return each(ctx, tx, "SELECT "+feedColumns+" FROM feed ORDER BY added_at, id", nil, func(r Rows) error {
			f, err := scanFeed(r)
			out = append(out, f)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list the sources: %w", err)
	}
	return out, nil
}

// Feed returns one source.
func (s *Store) Feed(ctx context.Context, id string) (news.Feed, error) {
	var f news.Feed
	found := false
	err := s.b.Read(ctx, func(tx Tx) error {
		found = false
		return each(ctx, tx, "SELECT "+feedColumns+" FROM feed WHERE id = $1", []any{id}, func(r Rows) (err error) {
			f, err = scanFeed(r)
			found = true
			return err
		})
	})
	if err == nil {
		err = notFoundUnless(found)
	}
	if err != nil {
		return news.Feed{}, fmt.Errorf("source %s: %w", id, err)
	}
	return f, nil
}

// PutFeed adds a source, or replaces the one with its id.
func (s *Store) PutFeed(ctx context.Context, f news.Feed) error {
	err := s.b.Write(ctx, func(tx Tx) error {
		if _, err := tx.Exec(ctx, "DELETE FROM feed WHERE id = $1", f.ID); err != nil {
			return err
		}
		return insert(ctx, tx, "feed", feedColumns, [][]any{feedValues(&f)})
	})
	if err != nil {
		return fmt.Errorf("keep source %s: %w", f.URL, err)
	}
	return nil
}

// RemoveFeed takes a source away; its articles and its log stay.
func (s *Store) RemoveFeed(ctx context.Context, id string) error {
	err := s.b.Write(ctx, func(tx Tx) error {
		n, err := tx.Exec(ctx, "DELETE FROM feed WHERE id = $1", id)
		if err != nil {
			return err
		}
		return notFoundUnless(n > 0)
	})
	if err != nil {
		return fmt.Errorf("remove source %s: %w", id, err)
	}
	return nil
}

// updateFeed writes what a check has changed. What a person may have changed
// meanwhile (interval, rights, a pause) is left as it is.
func updateFeed(ctx context.Context, tx Tx, f news.Feed) error {
	_, err := tx.Exec(ctx, `UPDATE feed SET kind=$2, title=CASE WHEN title='' THEN $3 ELSE title END, homepage=CASE WHEN homepage='' THEN $4 ELSE homepage END,
		publisher=CASE WHEN publisher='' THEN $5 ELSE publisher END,
		state=CASE WHEN state='paused' THEN state ELSE $6 END, state_reason=CASE WHEN state='paused' THEN state_reason ELSE $7 END,
		etag=$8, last_modified=$9, body_sha256=$10, checked_at=$11, changed_at=$12, next_check=$13, next_reason=$14, failures=$15, last_error=$16 WHERE id=$1`,
		f.ID, string(f.Kind), f.Title, f.Homepage, f.Publisher, string(f.State), f.StateReason,
		f.ETag, f.LastModified, f.BodySHA256, moment(f.CheckedAt), moment(f.ChangedAt), moment(f.NextCheck), f.NextReason, f.Failures, f.LastError)
	if err != nil {
		return fmt.Errorf("update source %s: %w", f.URL, err)
	}
	return nil
}

const fetchColumns = "feed, url, final, at, took_ms, status, bytes, outcome, detail, retry_after_s"

func logFetches(ctx context.Context, tx Tx, fetches []news.Fetch) error {
	rows := make([][]any, len(fetches))
	for i, f := range fetches {
		rows[i] = []any{optional(f.Feed), f.URL, optional(f.Final), moment(f.At), f.Took.Milliseconds(), f.Status, f.Bytes, string(f.Outcome), optional(f.Detail), int64(f.RetryAfter / time.Second)}
	}
	return insert(ctx, tx, "fetch", fetchColumns, rows)
}

// Fetches lists the log, newest first, of one source or (with "") of all.
func (s *Store) Fetches(ctx context.Context, feed string, limit int) ([]news.Fetch, error) {
	var out []news.Fetch
	err := s.b.Read(ctx, func(tx Tx) error {
		out = nil
		where, args := "", []any{limit}
		if feed != "" {
			where, args = "WHERE feed = $2", []any{limit, feed}
		}
		return each(ctx, tx, "SELECT "+fetchColumns+` FROM "fetch" `+where+" ORDER BY at DESC, id DESC LIMIT $1", args, func(r Rows) error {
			var f news.Fetch
			var took, after int64
			var outcome string
			if err := r.Scan(opt(&f.Feed), &f.URL, opt(&f.Final), scanMoment{&f.At}, &took, &f.Status, &f.Bytes, &outcome, opt(&f.Detail), &after); err != nil {
				return err
			}
			f.Took, f.RetryAfter, f.Outcome = time.Duration(took)*time.Millisecond, time.Duration(after)*time.Second, news.Outcome(outcome)
			out = append(out, f)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read the fetch log: %w", err)
	}
	return out, nil
}

// PruneFetches deletes the log before a moment.
func (s *Store) PruneFetches(ctx context.Context, before time.Time) (int64, error) {
	var n int64
	err := s.b.Write(ctx, func(tx Tx) (err error) {
		n, err = tx.Exec(ctx, `DELETE FROM "fetch" WHERE at < $1`, before)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("prune the fetch log: %w", err)
	}
	return n, nil
}
