// Package bundle makes one script of the desk's TypeScript modules. The program
// itself does not need it.
package bundle

import (
	"fmt"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// Scripts bundles the module at a path and all that it imports.
func Scripts(entry string) ([]byte, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{entry}, Bundle: true, Format: api.FormatIIFE, Target: api.ES2022, MinifyWhitespace: true, MinifySyntax: true,
		Charset: api.CharsetUTF8, LegalComments: api.LegalCommentsNone, LogLevel: api.LogLevelSilent,
	})
	var wrong []string
	for _, e := range result.Errors {
		wrong = append(wrong, e.Text)
	}
	if len(wrong) > 0 || len(result.OutputFiles) != 1 {
		return nil, fmt.Errorf("bundle %s: %s", entry, strings.Join(wrong, "; "))
	}
	return result.OutputFiles[0].Contents, nil
}
