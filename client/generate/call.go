package main

import (
	"bytes"
	"fmt"
	"strings"
)

// writeCall writes the method of one operation. A stream of events is written by
// hand (stream.go).
func writeCall(b *bytes.Buffer, path, method string, op *operation) error {
	content := op.Responses["200"].Content
	if _, ok := content["text/event-stream"]; ok {
		return nil
	}
	name := goName(op.OperationID)
	var params, where, query bytes.Buffer
	at := fmt.Sprintf("%q", path)
	for _, p := range op.Parameters {
		t, err := goType(p.Schema)
		if err != nil {
			return fmt.Errorf("parameter %s: %w", p.Name, err)
		}
		switch p.In {
		case "path":
			arg := strings.ToLower(p.Name)
			fmt.Fprintf(&where, ", %s string", arg)
			at = strings.Replace(at, "{"+p.Name+"}", `" + url.PathEscape(`+arg+`) + "`, 1)
		case "query":
			fmt.Fprintf(&params, "\t%s %s%s\n", goName(p.Name), t, comment(p.Description))
			switch t {
			case "string":
				fmt.Fprintf(&query, "\tset(q, %q, in.%s)\n", p.Name, goName(p.Name))
			case "int64":
				fmt.Fprintf(&query, "\tsetNumber(q, %q, in.%s)\n", p.Name, goName(p.Name))
			default:
				return fmt.Errorf("parameter %s: type %s is not known", p.Name, t)
			}
		default:
			return fmt.Errorf("parameter %s is in %s", p.Name, p.In)
		}
	}
	at = strings.TrimSuffix(at, ` + ""`)
	if params.Len() > 0 {
		fmt.Fprintf(b, "\n// %sOptions are what %s may be asked with; zero values are left out.\ntype %sOptions struct {\n%s}\n", name, name, name, params.String())
		fmt.Fprintf(&where, ", in %sOptions", name)
	}
	body := "nil"
	if op.RequestBody != nil {
		t, err := goType(op.RequestBody.Content["application/json"].Schema)
		if err != nil {
			return fmt.Errorf("body: %w", err)
		}
		fmt.Fprintf(&where, ", body %s", t)
		body = "body"
	}
	fmt.Fprintf(b, "\n// %s asks %s %s: %s.\n", name, method, path, op.Summary)
	asks := func(signature, last string) {
		fmt.Fprintf(b, "func (c *Client) %s(ctx context.Context%s) %s {\n\tq := url.Values{}\n%s%s}\n", name, where.String(), signature, query.String(), last)
	}
	methodName := "http.Method" + method[:1] + strings.ToLower(method[1:])
	if m, ok := content["application/json"]; ok {
		t, err := goType(m.Schema)
		if err != nil {
			return fmt.Errorf("answer: %w", err)
		}
		asks("("+t+", error)", fmt.Sprintf("\tvar out %s\n\terr := c.ask(ctx, %s, %s, q, %s, &out)\n\treturn out, err\n", t, methodName, at, body))
		return nil
	}
	if _, ok := content["application/octet-stream"]; ok {
		asks("(io.ReadCloser, error)", fmt.Sprintf("\treturn c.open(ctx, %s, %s, q, %s)\n", methodName, at, body))
		return nil
	}
	return fmt.Errorf("an answer of %v is not known", content)
}
