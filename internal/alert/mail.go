package alert

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/smtp"
	"strings"
	"time"

	"github.com/onrecord/onrecord/internal/store"
)

// Mail is a server that takes mail.
type Mail struct {
	// Server is its name and port. Port 465 is TLS from the start; on others
	// STARTTLS is used where the server has it, and must be where a password is sent.
	Server string
	From   string // an address
	User   string // "" for none
	Secret string // the user's password
	// TLS is for tests and for servers with certificates of their own.
	TLS *tls.Config
}

// send sends one message to all addresses of its alert.
func (c Mail) send(ctx context.Context, a store.Alert, m store.Message, now time.Time) error {
	if c.Server == "" || c.From == "" {
		return errors.New("no mail server is set: give --smtp and --smtp-from")
	}
	to, err := addresses(a.Mail)
	if err != nil {
		return err
	}
	from, err := mail.ParseAddress(c.From)
	if err != nil {
		return fmt.Errorf("%q is no address of mail: %w", c.From, err)
	}
	letter, err := letter(from, to, m, now)
	if err != nil {
		return err
	}
	host, port, err := net.SplitHostPort(c.Server)
	if err != nil {
		return fmt.Errorf("the mail server %q: want host:port: %w", c.Server, err)
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", c.Server)
	if err != nil {
		return fmt.Errorf("connect to the mail server: %w", err)
	}
	defer conn.Close()
	if end, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(end); err != nil { // a server that hangs is left
			return err
		}
	}
	// So that an end of the context before its deadline is not waited for.
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if err := c.talk(conn, host, port, from, to, letter); err != nil {
		return fmt.Errorf("send mail by %s: %w", c.Server, err)
	}
	return nil
}

func (c Mail) talk(conn net.Conn, host, port string, from *mail.Address, to []*mail.Address, letter []byte) error {
	secure := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	if c.TLS != nil {
		secure = c.TLS.Clone()
		secure.ServerName = host
	}
	if port == "465" {
		conn = tls.Client(conn, secure)
	}
	s, err := smtp.NewClient(conn, host)
	if err != nil {
		return err
	}
	defer s.Close()
	if ok, _ := s.Extension("STARTTLS"); ok && port != "465" {
		if err := s.StartTLS(secure); err != nil {
			return err
		}
	}
	if c.User != "" {
		if err := s.Auth(smtp.PlainAuth("", c.User, c.Secret, host)); err != nil { // it refuses without TLS
			return err
		}
	}
	if err := s.Mail(from.Address); err != nil {
		return err
	}
	for _, a := range to {
		if err := s.Rcpt(a.Address); err != nil {
			return err
		}
	}
	w, err := s.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(letter); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return s.Quit()
}

// letter is the message as mail: plain text, quoted-printable.
func letter(from *mail.Address, to []*mail.Address, m store.Message, now time.Time) ([]byte, error) {
	var e Event
	if err := json.Unmarshal(m.Body, &e); err != nil {
		return nil, fmt.Errorf("read the message: %w", err)
	}
	var names []string
	for _, a := range to {
		names = append(names, a.String())
	}
	rows := fmt.Sprintf("%d new", e.Found)
	_, domain, _ := strings.Cut(from.Address, "@")
	var b bytes.Buffer
	for _, h := range [][2]string{
		{"From", from.String()}, {"To", strings.Join(names, ", ")}, {"Date", now.Format(time.RFC1123Z)}, {"Message-ID", "<" + m.ID + "@" + domain + ">"},
		{"Subject", mime.QEncoding.Encode("utf-8", oneLine(e.Alert.Name)+": "+rows)}, {"MIME-Version", "1.0"}, {"Auto-Submitted", "auto-generated"},
		{"Content-Type", "text/plain; charset=utf-8"}, {"Content-Transfer-Encoding", "quoted-printable"},
	} {
		fmt.Fprintf(&b, "%s: %s\r\n", h[0], h[1])
	}
	b.WriteString("\r\n")
	body := quotedprintable.NewWriter(&b)
	if _, err := body.Write([]byte(words(e))); err != nil {
		return nil, err
	}
	if err := body.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// words are the message for people.
func words(e Event) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d new %s\r\n%s\r\n", oneLine(e.Alert.Name), e.Found, e.Alert.Kind, oneLine(e.Alert.Query))
	if e.Link != "" {
		b.WriteString(e.Link + "\r\n")
	}
	for _, v := range e.Entries {
		b.WriteString("\r\n")
		for _, line := range []string{v.Title, v.Summary, strings.Trim(v.Author+", "+v.At, ", "), v.Link} {
			if line = oneLine(line); line != "" {
				b.WriteString(line + "\r\n")
			}
		}
	}
	if more := e.Found - len(e.Entries); more > 0 {
		fmt.Fprintf(&b, "\r\nand %d more\r\n", more)
	}
	return b.String()
}

// oneLine folds all white space, so that no line begins in the middle of a text.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
