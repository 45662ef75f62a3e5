package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/internal/news/schema"
)

func newSchema(s streams) *cobra.Command {
	return &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON Schema of a record",
		Example: "  onrecord schema > record.schema.json",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			b, err := schema.Record()
			if err != nil {
				return err
			}
			if _, err := s.out.Write(b); err != nil {
				return fmt.Errorf("write the schema: %w", err)
			}
			return nil
		},
	}
}
