package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/onrecord/onrecord/internal/web/picture"
)

//go:generate go run ./assets

//go:embed assets/app.css assets/app.js assets/icon.svg
var assetFiles embed.FS

// assets are the files that pages refer to. Their names hold a hash of what is
// in them, so that a browser may keep them for good.
type assets struct {
	named map[string][]byte // by the name with the hash
	at    map[string]string // address by plain name
}

func newAssets() (*assets, error) {
	a := &assets{named: map[string][]byte{}, at: map[string]string{}}
	for _, name := range []string{"app.css", "app.js", "icon.svg"} {
		b, err := assetFiles.ReadFile("assets/" + name)
		if err != nil {
			return nil, fmt.Errorf("read the asset %s: %w", name, err)
		}
		a.add(name, b)
	}
	var world bytes.Buffer
	if err := picture.World(&world); err != nil {
		return nil, fmt.Errorf("draw the outlines: %w", err)
	}
	a.add("world.svg", world.Bytes())
	return a, nil
}

func (a *assets) add(name string, b []byte) {
	sum := sha256.Sum256(b)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	a.named[hashed] = b
	a.at[name] = "/assets/" + hashed
}

func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	b, ok := a.named[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(b) // the client's loss
}
