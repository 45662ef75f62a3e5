package wire

import (
	"strings"

	"github.com/onrecord/onrecord/internal/news"
)

// withdrawn reports whether a publishing status takes a story back: "withheld"
// and "canceled" both ask that what was published be withdrawn (NewsML-G2
// Specification, pubStatus; NITF, management-status).
func withdrawn(status string) bool {
	switch local(status) {
	case "canceled", "cancelled", "withheld", "withhold", "killed":
		return true
	}
	return false
}

// signalled is what a signal code asks for (IPTC NewsCodes, signal and edmsg).
func signalled(code string) news.Action {
	switch local(code) {
	case "correction", "corrected", "cor":
		return news.Correct
	case "kill", "killed", "withdrawal", "withdraw", "cancel", "embargoviolation":
		return news.Withdraw
	}
	return ""
}

// local is a code without the alias or address of its scheme, in lower case.
func local(code string) string {
	if i := strings.LastIndexAny(code, ":/#"); i >= 0 {
		code = code[i+1:]
	}
	return strings.ToLower(strings.TrimSpace(code))
}

// actionOf reads what agencies write to editors in words where they set no code:
// "CORRECTS day in paragraph 2", "Eds: MANDATORY KILL", and headlines like
// "CORRECTED-Port to close". Only how a note opens counts: "The port board
// corrects its figures" is news.
func actionOf(note, title string) news.Action {
	n := strings.TrimSpace(note)
	for _, opening := range []string{"eds:", "eds.:", "eds note:", "editors:", "editors' note:", "note to editors:", "attention editors:", "editor's note:", "-", "+", "*"} {
		for len(n) >= len(opening) && strings.EqualFold(n[:len(opening)], opening) {
			n = strings.TrimSpace(n[len(opening):])
		}
	}
	upper := strings.ToUpper(n)
	for _, s := range []string{"KILL", "MANDATORY KILL", "BULLETIN KILL", "WITHDRAWN", "WITHDRAWS", "WITHDRAWAL", "THIS STORY HAS BEEN WITHDRAWN", "PLEASE KILL", "PLEASE DISREGARD", "CANCELS"} {
		if opens(upper, s) {
			return news.Withdraw
		}
	}
	for _, s := range []string{"CORRECTS", "CORRECTED", "CORRECTING", "CORRECTION", "CORRECTIVE", "THIS CORRECTS", "REFILES TO CORRECT", "RECASTS TO CORRECT"} {
		if opens(upper, s) {
			return news.Correct
		}
	}
	t := strings.TrimSpace(title)
	for _, s := range []string{"CORRECTED-", "CORRECTED:", "CORRECTED -", "CORRECTED –", "CORRECTION:", "CORRECTION-", "(CORRECTED)", "CORRECTED REFILE-"} {
		if strings.HasPrefix(t, s) {
			return news.Correct
		}
	}
	for _, s := range []string{"KILL-", "KILL:", "WITHDRAWN-", "WITHDRAWN:", "MANDATORY KILL", "WITHDRAWAL-"} {
		if strings.HasPrefix(t, s) {
			return news.Withdraw
		}
	}
	return news.Publish
}

// opens reports whether s opens with the words.
func opens(s, words string) bool {
	rest, ok := strings.CutPrefix(s, words)
	return ok && (rest == "" || !('A' <= rest[0] && rest[0] <= 'Z'))
}
