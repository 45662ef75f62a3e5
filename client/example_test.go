package client_test

import (
	"context"
	"fmt"

	"github.com/onrecord/onrecord/client"
)

// Who denies what is said of a dyke.
func Example() {
	c, end, err := served() // client.New("http://127.0.0.1:8700", client.Options{Token: token})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer end()
	ctx := context.Background()
	page, err := c.ListClaims(ctx, client.ListClaimsOptions{Q: "contested:yes stance:denies dyke"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, claim := range page.Items {
		fmt.Println("“" + claim.Words.Text + "”")
		for _, s := range claim.Stances {
			if s.Stance == "denies" {
				fmt.Println("denied by", s.Source.Name)
			}
		}
	}
	// Output:
	// “the collapse of a dyke for the scale of the disaster”
	// denied by Pungwe Dyke Board
}
