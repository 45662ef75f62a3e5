// This file is part of go-trafilatura, Go package for extracting readable
// content, comments and metadata from a web page. Source available in
// <https://github.com/markusmobius/go-trafilatura>.
//
// Copyright (C) 2021 Markus Mobius
//
// Licensed under the Apache License, Version 2.0 (the "License");
// you may not use this file except in compliance with the License.
// You may obtain a copy of the License at
//
// http://www.apache.org/licenses/LICENSE-2.0
//
// Unless required by applicable law or agreed to in writing, software
// distributed under the License is distributed on an "AS IS" BASIS,
// WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
// See the License for the specific language governing permissions and
// limitations under the License.

// Package trafilatura finds the element of a web page that holds the article
// and returns its paragraphs. It is the main algorithm of go-trafilatura
// v1.12.2 (github.com/markusmobius/go-trafilatura, Apache-2.0), itself a port of
// Adrien Barbaresi's trafilatura, cut down to what package clean needs; see
// README.md for what was changed and why it stands here.
package trafilatura

import (
	"github.com/go-shiori/dom"
	"golang.org/x/net/html"
)

// minExtracted is how many characters of text are enough not to look for more.
const minExtracted = 250

// Extract returns a body element that holds the article's paragraphs, headings,
// lists and quotes; it is empty where none are found. The page is not changed.
func Extract(page *html.Node) *html.Node {
	doc := dom.Clone(page, true)
	docCleaning(doc)
	convertTags(doc)
	return extractContent(doc)
}
