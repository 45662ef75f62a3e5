package clean

import "strings"

// maxCaption is the longest caption in words, its credit included; agencies
// write up to 60.
const maxCaption = 80

// isCaption reports whether s stands under a picture: it opens as a caption or
// a credit does, or closes with the credit.
func isCaption(s string, words []word) bool {
	if len(words) == 0 || len(words) > maxCaption {
		return false
	}
	mark := words[0].mark
	if len(words) > 2 && (words[1].low == "source" || words[1].low == "caption" || words[1].low == "credit" || words[1].low == "copyright") {
		// Image source, Getty Images / Media caption, The ferry before the storm
		switch words[0].low {
		case "image", "photo", "picture", "media", "video", "figure":
			return true
		}
	}
	switch words[0].low {
	case "photo", "photos", "image", "images", "picture", "pictures", "photograph", "photography", "pic", "illustration", "graphic", "credit", "caption", "screengrab", "screenshot", "infographic":
		if mark == ':' || mark == '|' || mark == '/' {
			return true
		}
		if len(words) <= 14 && len(words) > 2 && (words[1].low == "by" || words[1].low == "credit" || words[1].low == "courtesy" || words[1].low == "via") {
			return true
		}
	case "file", "handout":
		// FILE PHOTO: … / FILE - A ferry … / File photo of a ferry
		if words[0].caps && (mark == '-' || mark == ':') {
			return true
		}
		if len(words) > 1 && (words[1].low == "photo" || words[1].low == "image" || words[1].low == "picture" || words[1].low == "pic" || words[1].low == "footage") {
			return words[1].mark != 0 || len(words) <= 25
		}
	case "getty", "shutterstock", "istock":
		if len(words) <= 5 {
			return true
		}
	case "representational", "representative":
		return len(words) > 1 && (words[1].low == "image" || words[1].low == "photo" || words[1].low == "picture") && len(words) <= 10
	}
	return creditAtEnd(s)
}

// creditAtEnd reports whether s closes with a picture credit: "[Tor Aas/AFP]",
// "(AP Photo/Tor Aas)", "REUTERS/Tor Aas", "| Photo: Tor Aas", "— AFP/File".
func creditAtEnd(s string) bool {
	s = strings.TrimRight(s, ". ")
	if strings.HasSuffix(s, "]") || strings.HasSuffix(s, ")") {
		open := byte('[')
		if s[len(s)-1] == ')' {
			open = '('
		}
		i := strings.LastIndexByte(s, open)
		if i < 0 || len(s)-i > 120 {
			return false
		}
		return isPhotoCredit(s[i+1:len(s)-1], open == '(')
	}
	// REUTERS/Tor Aas, Tor Aas/AFP via Getty Images: agency and photographer.
	for _, a := range []string{"REUTERS/", "Reuters/", "AFP/", "EPA/", "AP/", "AP Photo/", "Anadolu Agency/", "/AFP", "/Reuters", "/REUTERS", "/Getty Images", "/EPA", "/AP", "/File"} {
		if i := strings.LastIndex(s, a); i >= 0 && areCreditNames(s[i+len(a):]) {
			return true
		}
	}
	for _, a := range []string{"| Photo", "| Image", "Photo:", "Image:", "Photograph:", "Photo by ", "Picture:", "Photo credit", "Credit:"} {
		if i := strings.LastIndex(s, a); i > 0 && wordCount(s[i:], 10) <= 9 {
			return true
		}
	}
	return false
}

// areCreditNames reports whether s is the rest of a credit: up to six words, all
// capitalised but what joins them ("AP/NORC poll" is no credit).
func areCreditNames(s string) bool {
	words := wordsOf(s, 7)
	for _, w := range words {
		if !w.upper && w.low != "via" && w.low != "for" && w.low != "and" && w.low != "photo" && w.low != "file" {
			return false
		}
	}
	return len(words) <= 6
}

// isPhotoCredit reports whether the words in closing brackets credit a picture. In
// round ones an agency alone is too little: "… in Bergen (AFP)".
func isPhotoCredit(s string, round bool) bool {
	words := wordsOf(s, 16)
	if len(words) == 0 || len(words) >= 16 {
		return false
	}
	agency := false
	for i, w := range words {
		switch w.low {
		case "photo", "image", "picture", "photograph", "handout", "screengrab", "screenshot", "courtesy", "getty", "shutterstock", "illustration", "pic":
			return true
		case "file", "archive", "via":
			if len(words) <= 6 && (i > 0 || len(words) == 1 || w.mark == '/') {
				return !round || len(words) > 1 || w.low == "file"
			}
		case "reuters", "afp", "ap", "epa", "jazeera", "anadolu", "xinhua", "aap", "pti", "dpa", "tass", "ansa", "efe":
			agency = true
			if w.mark == '/' || i > 0 && words[i-1].mark == '/' {
				return true
			}
		}
	}
	return agency && !round
}
