package relational

import (
	"context"

	"github.com/onrecord/onrecord/internal/review"
)

var _ review.Store = (*Store)(nil)

const correctionColumns = "a.id, c.object, c.place, c.words, c.field, c.verdict, c.machine, c.value, c.person, c.note, c.at"

func scanCorrection(r Rows) (review.Correction, error) {
	var c review.Correction
	err := r.Scan(&c.Article, &c.Object, &c.Start, &c.Words, &c.Field, &c.Verdict, &c.Machine, &c.Value, &c.By, &c.Note, scanMoment{&c.At})
	c.Words, c.Machine = Unescaped(c.Words), Unescaped(c.Machine)
	c.Value, c.By, c.Note = Unescaped(c.Value), Unescaped(c.By), Unescaped(c.Note)
	return c, err
}

// Corrections lists those of an article, the first first.
func (s *Store) Corrections(ctx context.Context, article string) ([]review.Correction, error) {
	return rowsOf(ctx, s, "list the corrections of "+article, "SELECT "+correctionColumns+" FROM correction c JOIN article a ON a.key = c.article WHERE a.id = $1 ORDER BY c.at, c.object, c.place, c.field",
		[]any{article}, scanCorrection)
}

// NewestCorrections lists those of all articles, the last first, at most limit.
func (s *Store) NewestCorrections(ctx context.Context, limit int) ([]review.Correction, error) {
	return rowsOf(ctx, s, "list the corrections", "SELECT "+correctionColumns+" FROM correction c JOIN article a ON a.key = c.article ORDER BY c.at DESC, a.id, c.object, c.place, c.field LIMIT $1",
		[]any{limit}, scanCorrection)
}

// PutCorrection keeps one, in the place of an earlier one on the same value. It
// returns store.ErrNotFound where there is no such article.
func (s *Store) PutCorrection(ctx context.Context, c review.Correction) error {
	return s.write(ctx, "correct "+c.Article, true, `INSERT INTO correction (article, object, place, words, field, verdict, machine, value, person, note, at)
		SELECT key, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM article WHERE id = $1
		ON CONFLICT (article, object, place, field) DO UPDATE SET words = excluded.words, verdict = excluded.verdict, machine = excluded.machine,
		value = excluded.value, person = excluded.person, note = excluded.note, at = excluded.at`,
		c.Article, string(c.Object), c.Start, Escaped(c.Words), string(c.Field), string(c.Verdict), Escaped(c.Machine), Escaped(c.Value), Escaped(c.By), Escaped(c.Note), moment(c.At))
}

// RemoveCorrection takes back the one on the same value.
func (s *Store) RemoveCorrection(ctx context.Context, c review.Correction) error {
	return s.write(ctx, "take back a correction of "+c.Article, true, "DELETE FROM correction WHERE article = (SELECT key FROM article WHERE id = $1) AND object = $2 AND place = $3 AND field = $4",
		c.Article, string(c.Object), c.Start, string(c.Field))
}
