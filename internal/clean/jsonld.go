package clean

import (
	"encoding/json"
	"html"
	"strings"
)

// maxGraph bounds how deep and how wide the data of a page is followed.
const (
	maxGraphDepth = 12
	maxGraphNodes = 5000
)

// linked is what the JSON-LD of a page says of its article (schema.org).
type linked struct {
	headline    string
	description string
	body        string
	published   string
	modified    string
	authors     []string
	publisher   string
	url         string
	language    string
	rank        int
}

// articleRank orders the types of schema.org by how surely a node of them is
// the page's article.
func articleRank(kind string) int {
	switch kind {
	case "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle", "AskPublicNewsArticle", "ReviewNewsArticle":
		return 4
	case "Article", "LiveBlogPosting", "Report", "AdvertiserContentArticle", "SatiricalArticle", "ScholarlyArticle":
		return 3
	case "BlogPosting", "SocialMediaPosting", "DiscussionForumPosting":
		return 2
	case "WebPage", "ItemPage":
		return 1
	}
	return 0
}

// graph is all nodes of a page's JSON-LD.
type graph struct {
	byID  map[string]map[string]any
	nodes []map[string]any
}

// readLinked finds the article in the JSON-LD scripts of a page. Scripts that
// are no JSON are passed over: many pages have one.
func readLinked(scripts []string) linked {
	g := &graph{byID: make(map[string]map[string]any)}
	for _, s := range scripts {
		if v, ok := looseJSON(s); ok {
			g.collect(v, 0)
		}
	}
	var best linked
	for _, n := range g.nodes {
		rank := 0
		for _, t := range texts(n["@type"]) {
			rank = max(rank, articleRank(strings.TrimPrefix(strings.TrimPrefix(t, "http://schema.org/"), "https://schema.org/")))
		}
		// The first of a rank: lists of related articles follow the article.
		if rank > best.rank {
			best = g.article(n)
			best.rank = rank
		}
	}
	return best
}

// looseJSON parses s, without the comment marks around it and with the raw
// line breaks in strings that templates leave behind.
func looseJSON(s string) (any, bool) {
	s = strings.TrimSpace(s)
	for _, cut := range []string{"<!--", "//<![CDATA[", "<![CDATA["} {
		s = strings.TrimPrefix(s, cut)
	}
	for _, cut := range []string{"-->", "//]]>", "]]>", ";"} {
		s = strings.TrimSuffix(strings.TrimSpace(s), cut)
	}
	var v any
	if json.Unmarshal([]byte(s), &v) == nil {
		return v, true
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	err := json.Unmarshal([]byte(s), &v)
	return v, err == nil
}

// collect files every node below v.
func (g *graph) collect(v any, depth int) {
	if depth > maxGraphDepth || len(g.nodes) >= maxGraphNodes {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			g.collect(e, depth+1)
		}
	case map[string]any:
		if v["@type"] != nil {
			g.nodes = append(g.nodes, v)
			if id, ok := v["@id"].(string); ok && len(v) > 2 {
				g.byID[id] = v
			}
		}
		// Only where nodes are kept: the order of a map is not that of the page.
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "author", "publisher", "itemListElement", "item"} {
			g.collect(v[key], depth+1)
		}
	}
}

// article reads one node.
func (g *graph) article(n map[string]any) linked {
	l := linked{
		headline:    jsonText(n["headline"]),
		description: jsonText(n["description"]),
		body:        jsonText(n["articleBody"]),
		published:   Date(jsonText(n["datePublished"])),
		modified:    Date(jsonText(n["dateModified"])),
		language:    jsonText(n["inLanguage"]),
		publisher:   first(g.names(n["publisher"])),
		url:         jsonText(n["url"]),
	}
	if l.headline == "" {
		l.headline = jsonText(n["name"])
	}
	if l.published == "" {
		l.published = Date(jsonText(n["dateCreated"]))
	}
	if main, ok := n["mainEntityOfPage"].(map[string]any); ok && l.url == "" {
		l.url = jsonText(main["@id"])
	} else if l.url == "" {
		l.url = jsonText(n["mainEntityOfPage"])
	}
	l.authors = g.names(n["author"])
	return l
}

// names returns the names of persons or bodies, given as strings, as nodes or
// by the ids of nodes.
func (g *graph) names(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{plainText(v)}
	case []any:
		var out []string
		for _, e := range v {
			if _, nested := e.([]any); !nested {
				out = append(out, g.names(e)...)
			}
		}
		return out
	case map[string]any:
		if s := jsonText(v["name"]); s != "" {
			return []string{s}
		}
		if n, ok := g.byID[jsonText(v["@id"])]; ok {
			if s := jsonText(n["name"]); s != "" {
				return []string{s}
			}
		}
	}
	return nil
}

// jsonText is a string of the data as plain text: templates escape it as HTML.
func jsonText(v any) string {
	switch v := v.(type) {
	case string:
		return plainText(v)
	case []any:
		if len(v) > 0 {
			if s, ok := v[0].(string); ok {
				return plainText(s)
			}
		}
	case map[string]any:
		if s, ok := v["@value"].(string); ok {
			return plainText(s)
		}
	}
	return ""
}

func texts(v any) []string {
	if list, ok := v.([]any); ok {
		var out []string
		for _, e := range list {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	if s, ok := v.(string); ok {
		return []string{s}
	}
	return nil
}

// plainText undoes the escapes of HTML and trims.
func plainText(s string) string { return strings.TrimSpace(html.UnescapeString(s)) }

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}
