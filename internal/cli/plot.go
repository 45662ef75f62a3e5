package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/ledger"
	"github.com/onrecord/onrecord/internal/news"
	"github.com/onrecord/onrecord/internal/query"
	"github.com/onrecord/onrecord/internal/web/picture"
)

// plotOptions are the flags of onrecord plot.
type plotOptions struct {
	exportOptions
	file  string
	width int
	count string
	event string
}

// plots are the pictures.
var plots = []string{"map", "timeline", "ladder", "network"}

func newPlot(s streams) *cobra.Command {
	o := plotOptions{}
	cmd := &cobra.Command{
		Use:   "plot PICTURE [QUERY | FILE...|-]",
		Short: "Draw a map, a timeline, the ladder of figures or who speaks of whom, as an SVG file",
		Long: `Draw what articles tell, as an SVG file that needs nothing else:

  map       where events took place: a country is an area, a town a circle
  timeline  when they did: a bar from the first day it may have been to the last
  ladder    every figure that was given for one count of one event, by time and source
  network   who speaks of whom; dashed where some of it denies or accuses

Where every FILE is there, those are read and joined; else the words are a query to the store,
of which the first 1,000 rows are drawn.`,
		Example: `  onrecord plot map -o floods.svg examples/beira-flood
  onrecord plot ladder --count killed -o killed.svg examples/market-bombing
  onrecord plot network speaker:minister published:7d > talk.svg`,
		ValidArgs: plots,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || !slices.Contains(plots, args[0]) {
				return usageError{cmd.Name(), fmt.Errorf("plot needs a picture: one of %s", strings.Join(plots, ", "))}
			}
			ro := readOptions{format: "jsonl", jobs: o.jobs, published: o.published}
			if err := ro.check(); err != nil {
				return usageError{cmd.Name(), err}
			}
			if o.width < 320 || o.width > 10_000 {
				return usageError{cmd.Name(), fmt.Errorf("--width %d: want 320 to 10000", o.width)}
			}
			return o.plot(cmd.Context(), s, args[0], args[1:])
		},
	}
	f := cmd.Flags()
	f.StringVarP(&o.file, "output", "o", "", "`file` of the picture; standard output without it")
	f.IntVar(&o.width, "width", 720, "in pixels")
	f.StringVar(&o.count, "count", string(news.Killed), "what a ladder is of: killed, injured, missing, arrested …")
	f.StringVar(&o.event, "event", "", "`id` of the event that a ladder is of; the one with the most figures without it")
	f.StringVar(&o.published, "published", "", "publication `date` of all articles read from files: 2031-05-07 or RFC 3339")
	f.IntVar(&o.jobs, "jobs", runtime.GOMAXPROCS(0), "articles read at the same time")
	o.loading.flags(cmd)
	o.keeping.flags(cmd)
	return cmd
}

// drawing is what a picture is made of; one of its lists is filled.
type drawing struct {
	spots   []picture.Spot
	moments []picture.Moment
	figures []news.Figure
	talks   []picture.Talk
}

func (o *plotOptions) plot(ctx context.Context, s streams, what string, args []string) error {
	files, err := areFiles(args)
	if err != nil {
		return usageError{"plot", err}
	}
	var d drawing
	name := what
	var partly error
	if files {
		d, partly, err = o.ofFiles(ctx, s, what, args)
	} else {
		var q query.Query
		if q, err = query.Parse(strings.Join(args, " ")); err != nil {
			return usageError{"plot", err}
		}
		name = strings.TrimSpace(name + " " + q.String())
		err = o.withDesk(ctx, false, func(k *desk) (err error) {
			d, err = o.ofStore(ctx, k, what, q)
			return err
		})
	}
	if err != nil {
		return err
	}
	if n := len(d.spots) + len(d.moments) + len(d.figures) + len(d.talks); n == 0 {
		return errors.Join(fmt.Errorf("there is nothing to draw a %s of", what), partly)
	}
	out := s.out
	if o.file != "" {
		f, err := os.Create(o.file)
		if err != nil {
			return fmt.Errorf("make the picture: %w", err)
		}
		defer f.Close()
		if err := o.draw(f, what, name, d); err != nil {
			return err
		}
		return errors.Join(f.Close(), partly)
	}
	return errors.Join(o.draw(out, what, name, d), partly)
}

func (o *plotOptions) draw(w io.Writer, what, name string, d drawing) error {
	form := picture.Form{Width: o.width, File: true}
	switch what {
	case "map":
		return picture.Map(w, form, name, d.spots)
	case "timeline":
		return picture.Timeline(w, form, name, d.moments)
	case "ladder":
		return picture.Ladder(w, form, o.count, rungs(d.figures))
	}
	return picture.Network(w, form, name, d.talks)
}

// ofFiles reads files and takes the picture from what they tell together.
func (o *plotOptions) ofFiles(ctx context.Context, s streams, what string, args []string) (d drawing, partly, err error) {
	in := &fileRecords{o: &o.exportOptions, s: s, args: args}
	j := newJoining()
	talk := newTalk()
	for res, err := range in.each(ctx) {
		if err != nil {
			return d, nil, err
		}
		j.add(res.name, res.record)
		talk.record(res.record)
	}
	if in.failed > 0 {
		partly = fmt.Errorf("%w: %d of %d", errPartly, in.failed, in.done)
	}
	if what == "network" {
		d.talks = talk.list()
		return d, partly, nil
	}
	x, err := j.build(ctx)
	if err != nil {
		return d, partly, err
	}
	for i := range x.state.Events {
		v := &x.state.Events[i]
		label := strings.TrimSpace(string(v.Type.Value) + " " + string(v.Mode.Value))
		switch what {
		case "map":
			if p := v.Place.Value; p != nil && p.Place != nil {
				d.spots = append(d.spots, picture.Spot{Place: *p.Place, Name: p.Name, What: label + ", " + eventDay(v.Time.Value), Contested: v.Contested})
			}
		case "timeline":
			d.moment(v.Time.Value, label, v.Contested)
		case "ladder":
			var of []news.Figure
			for _, f := range v.Figures {
				if string(f.Kind) == o.count && f.Fate != news.FatePart {
					of = append(of, f)
				}
			}
			if o.event == v.ID || o.event == "" && len(of) > len(d.figures) {
				d.figures = of
			}
		}
	}
	return d, partly, nil
}

func (d *drawing) moment(t news.EventTime, label string, contested bool) {
	m := picture.Moment{Earliest: string(t.Earliest), Latest: string(t.Latest), Basis: t.Basis, Label: label, Note: string(t.Precision), Contested: contested}
	if m.Known() {
		d.moments = append(d.moments, m)
	}
}

// ofStore takes the picture from the first rows of a query.
func (o *plotOptions) ofStore(ctx context.Context, k *desk, what string, q query.Query) (d drawing, err error) {
	ask, ok := k.Store.(searcher)
	if !ok {
		return d, errors.New("this store cannot be asked by a query")
	}
	kind := map[string]query.Kind{"map": query.Events, "timeline": query.Events, "ladder": query.Figures, "network": query.Statements}[what]
	page, err := ask.Search(ctx, query.Search{Kind: kind, Query: q, Now: time.Now(), Limit: query.MaxLimit})
	if err != nil {
		return d, fmt.Errorf("search: %w", err)
	}
	for i := range page.Events {
		v := &page.Events[i]
		label := strings.TrimSpace(string(v.Type) + " " + string(v.Mode))
		when := news.EventTime{Earliest: v.Earliest, Latest: v.Latest, Precision: v.Precision}
		if what == "timeline" {
			d.moment(when, label, false)
		} else if v.Place != nil && v.Place.Place != nil {
			d.spots = append(d.spots, picture.Spot{Place: *v.Place.Place, Name: v.Place.Name.Name, What: label + ", " + eventDay(when)})
		}
	}
	talk := newTalk()
	for i := range page.Statements {
		st := &page.Statements[i]
		if st.Speaker == nil {
			continue
		}
		for _, a := range st.About {
			talk.add(st.Speaker.Name, a.Name, opposing(st.Act))
		}
	}
	d.talks = talk.list()
	byEvent := map[string][]news.Figure{}
	for i := range page.Figures {
		if f := page.Figures[i].Figure; string(f.Kind) == o.count && f.Fate != news.FatePart && (o.event == "" || o.event == f.Event) {
			byEvent[f.Event] = append(byEvent[f.Event], f)
		}
	}
	for _, event := range slices.Sorted(maps.Keys(byEvent)) {
		if len(byEvent[event]) > len(d.figures) {
			d.figures = byEvent[event]
		}
	}
	return d, nil
}

func rungs(figures []news.Figure) []picture.Rung {
	var out []picture.Rung
	for _, f := range figures {
		out = append(out, picture.Rung{Low: f.Low, Best: f.Best, High: f.High, Number: ledger.Number(f.Low, f.Best, f.High, f.Qualifier), Source: voice(f.Source),
			Outlet: string(f.Outlet), Day: string(f.SaidAt), Standing: f.Standing, Fate: f.Fate, Why: f.Why})
	}
	return out
}

// talk counts who speaks of whom.
type talk map[[2]string]*picture.Talk

func newTalk() talk { return talk{} }

func (t talk) add(speaker, of string, against bool) {
	if speaker == "" || of == "" || speaker == of {
		return
	}
	p := t[[2]string{speaker, of}]
	if p == nil {
		p = &picture.Talk{Speaker: speaker, Of: of}
		t[[2]string{speaker, of}] = p
	}
	p.Count++
	p.Against = p.Against || against
}

func (t talk) record(r *news.Record) {
	names := map[string]string{}
	for i := range r.Entities {
		names[r.Entities[i].ID] = r.Entities[i].Name
	}
	for i := range r.Statements {
		st := &r.Statements[i]
		if st.Source == nil {
			continue
		}
		for _, a := range st.About {
			t.add(names[string(st.Source.Entity)], names[a], opposing(st.Act))
		}
	}
}

func (t talk) list() []picture.Talk {
	var out []picture.Talk
	for _, p := range t {
		out = append(out, *p)
	}
	slices.SortFunc(out, func(a, b picture.Talk) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Speaker, b.Speaker), cmp.Compare(a.Of, b.Of))
	})
	return out
}

// opposing reports whether an act stands against somebody.
func opposing(a news.Act) bool { return a == news.Deny || a == news.Accuse || a == news.Doubt }
