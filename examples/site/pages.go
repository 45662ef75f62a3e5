package site

import (
	"encoding/json"
	"html/template"
)

// The pages differ as those of real newsrooms do: one says what it is in JSON-LD,
// one in the properties of Open Graph, one only by its elements.
var reportPages = []*template.Template{
	parsed(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{.Title}} – {{.Name}}</title>
<link rel="canonical" href="{{.Base}}{{.Path}}">
<script type="application/ld+json">{{.Linked}}</script>` + style + `</head>
<body>` + masthead + `
<article><h1>{{.Title}}</h1>
{{if .Authors}}<p class="byline">By {{.Authors}}</p>
{{end}}{{range .Paragraphs}}<p>{{.}}</p>
{{end}}</article>
` + foot + `</body></html>
`),
	parsed(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{.Title}}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{{.Title}}"><meta property="og:site_name" content="{{.Name}}">
<meta property="og:url" content="{{.Base}}{{.Path}}"><meta property="article:published_time" content="{{.Published}}">{{if .Authors}}<meta name="author" content="{{.Authors}}">{{end}}` + style + `</head>
<body>` + masthead + `
<main><article><header><h1>{{.Title}}</h1></header>
<div class="story-body">{{range .Paragraphs}}<p>{{.}}</p>
{{end}}</div></article></main>
` + foot + `</body></html>
`),
	parsed(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{.Title}} | {{.Name}}</title><meta property="og:site_name" content="{{.Name}}">` + style + `</head>
<body>` + masthead + `
<main><h1>{{.Title}}</h1>
<p>{{if .Authors}}<span class="author" rel="author">{{.Authors}}</span> · {{end}}<time datetime="{{.Published}}" itemprop="datePublished">{{.Published}}</time></p>
{{range .Paragraphs}}<p>{{.}}</p>
{{end}}</main>
` + foot + `</body></html>
`),
}

var outletPage = parsed(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{.Name}}</title><link rel="alternate" type="{{.Type}}" href="{{.List}}">` + style + `</head>
<body>` + masthead + `<ul>
{{range .Reports}}<li><a href="{{.Path}}">{{.Title}}</a> {{.Published}}</li>
{{end}}</ul>` + foot + `</body></html>
`)

var front = parsed(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Invented outlets</title>` + style + `</head>
<body><h1>Invented outlets</h1><p>No outlet, person or incident on this site exists.</p><ul>
{{range .Outlets}}<li><a href="/{{.Host}}/">{{.Name}}</a> · <a href="{{.List}}">list</a></li>
{{end}}</ul></body></html>
`)

const (
	style    = `<style>body{font:1.1rem/1.5 serif;max-width:40em;margin:2em auto;padding:0 1em}nav,footer{font:.8rem sans-serif}</style>`
	masthead = `<nav><a href="/{{.Host}}/">{{.Name}}</a></nav>`
	foot     = `<footer>An invented outlet on a test site.</footer>`
)

func parsed(text string) *template.Template { return template.Must(template.New("").Parse(text)) }

// Type is the media type of the outlet's list.
func (o *Outlet) Type() string { return o.form.media }

// linked describes a report in schema.org's words.
func linked(o *Outlet, r *Report, base string) template.JS {
	type named struct {
		Type string `json:"@type"`
		Name string `json:"name"`
	}
	doc := struct {
		Context   string  `json:"@context"`
		Type      string  `json:"@type"`
		Headline  string  `json:"headline"`
		Published string  `json:"datePublished"`
		URL       string  `json:"url"`
		Publisher named   `json:"publisher"`
		Author    []named `json:"author,omitempty"`
	}{"https://schema.org", "NewsArticle", r.Title, r.Published, base + r.Path, named{"NewsMediaOrganization", o.Name}, nil}
	if r.Authors != "" {
		doc.Author = []named{{"Person", r.Authors}}
	}
	b, err := json.Marshal(doc)
	if err != nil {
		return ""
	}
	return template.JS(b) // json.Marshal escapes <, > and &
}
