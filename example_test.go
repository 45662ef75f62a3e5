package onrecord_test

import (
	"context"
	"fmt"
	"log"

	"github.com/onrecord/onrecord"
)

func ExampleRead() {
	const text = `Harbour strike to go on, union says

The dock workers' union in Bergen said on Tuesday that its strike would go on.

“We have no choice,” union leader Mara Velin told reporters.`

	rec, err := onrecord.Read(context.Background(), text, onrecord.Options{Published: "2031-05-07"})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range rec.Statements {
		for _, c := range s.Content {
			fmt.Printf("%s: %s\n", s.Form, c.Text)
		}
	}
	for _, t := range rec.Times {
		fmt.Println(t.Text, "is", t.Value)
	}
	// Output:
	// indirect: Harbour strike to go on
	// indirect: its strike would go on
	// direct: We have no choice
	// Tuesday is 2031-05-06
}
