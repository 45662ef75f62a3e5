package jobs

import "context"

func Rebuild(ctx context.Context, o SettlerOptions, progress func(done, of int)) error { return nil }
