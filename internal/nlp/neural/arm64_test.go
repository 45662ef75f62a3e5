//go:build amd64

package neural

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The same tests pass for the other kind of processor that has instructions of its own
// here, so both find the same numbers: they compare with what the training wrote and
// with plain Go. It needs an emulator.
func TestOnARM(t *testing.T) {
	emulator, err := exec.LookPath("qemu-aarch64")
	if err != nil {
		t.Skip("no qemu-aarch64 here (Debian: qemu-user)")
	}
	if testing.Short() {
		t.Skip("builds for another processor")
	}
	binary := filepath.Join(t.TempDir(), "neural.test")
	build := exec.Command("go", "test", "-c", "-o", binary, ".")
	build.Env = append(os.Environ(), "GOARCH=arm64", "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the tests for arm64: %v\n%s", err, out)
	}
	out, err := exec.Command(emulator, binary, "-test.v").CombinedOutput()
	if err != nil {
		t.Fatalf("on arm64: %v\n%s", err, out)
	}
	for _, want := range []string{"--- PASS: TestKernelsAgree", "--- PASS: TestFloatsAgree", "--- PASS: TestNetworkAgrees"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("on arm64 %q is missing:\n%s", want, out)
		}
	}
}
