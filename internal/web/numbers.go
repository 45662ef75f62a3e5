package web

import (
	"html/template"
	"net/http"
)

// numbersView is what was measured of the running version.
type numbersView struct {
	Accuracy      template.HTML
	Parts         []heading
	IsPerformance bool
}

func (d *desk) numbers(w http.ResponseWriter, r *http.Request) error {
	v := numbersView{IsPerformance: r.URL.Path == "/numbers/performance"}
	text := d.Accuracy
	if v.IsPerformance {
		text = d.Performance
	}
	v.Accuracy, v.Parts = markdown(text)
	return d.show(w, r, http.StatusOK, "numbers", "About the numbers", v)
}

func (d *desk) help(w http.ResponseWriter, r *http.Request) error {
	return d.show(w, r, http.StatusOK, "help", "Keys and signs", nil)
}
