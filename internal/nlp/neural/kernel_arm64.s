#include "textflag.h"
#include "neon_arm64.h"

// Sixteen rows are multiplied with x at once, as on amd64. Their weights are
// interleaved (see pack): a load that takes every other byte gives one weight of each
// of the sixteen rows, and the next of each.

// A pair of weights of sixteen rows, as 16 bits, in V4 to V7.
#define WEIGHTS \
	VLD2.P 32(R2), [V2.B16, V3.B16] \
	SXTL(2, 4)  \
	SXTL2(2, 5) \
	SXTL(3, 6)  \
	SXTL2(3, 7)

// Their products with numbers i and j of register X, added to A, B, C and D.
#define PAIR(X, i, j, A, B, C, D) \
	SMLALAT(X, i, 4, A)  \
	SMLALAT2(X, i, 4, B) \
	SMLALAT(X, i, 5, C)  \
	SMLALAT2(X, i, 5, D) \
	SMLALAT(X, j, 6, A)  \
	SMLALAT2(X, j, 6, B) \
	SMLALAT(X, j, 7, C)  \
	SMLALAT2(X, j, 7, D)

#define CLEAR(A, B, C, D) \
	VEOR A.B16, A.B16, A.B16 \
	VEOR B.B16, B.B16, B.B16 \
	VEOR C.B16, C.B16, C.B16 \
	VEOR D.B16, D.B16, D.B16

// func dotsVector(dst *int32, w *byte, x *int16, rows, k int)
TEXT ·dotsVector(SB), NOSPLIT, $0-40
	MOVD dst+0(FP), R0
	MOVD w+8(FP), R2
	MOVD x+16(FP), R3
	MOVD rows+24(FP), R5
	MOVD k+32(FP), R6

group:
	MOVD R3, R7
	MOVD R6, R9
	CLEAR(V16, V17, V18, V19)
	CLEAR(V20, V21, V22, V23)

step:
	VLD1.P 16(R7), [V0.H8]
	WEIGHTS
	PAIR(0, 0, 1, 16, 17, 18, 19)
	WEIGHTS
	PAIR(0, 2, 3, 20, 21, 22, 23)
	WEIGHTS
	PAIR(0, 4, 5, 16, 17, 18, 19)
	WEIGHTS
	PAIR(0, 6, 7, 20, 21, 22, 23)
	SUBS $8, R9
	BNE  step

	VADD   V20.S4, V16.S4, V16.S4
	VADD   V21.S4, V17.S4, V17.S4
	VADD   V22.S4, V18.S4, V18.S4
	VADD   V23.S4, V19.S4, V19.S4
	VST1.P [V16.S4, V17.S4, V18.S4, V19.S4], 64(R0)
	SUBS   $16, R5
	BNE    group
	RET

// func dotsPairVector(dst, dst2 *int32, w *byte, x, x2 *int16, rows, k int)
TEXT ·dotsPairVector(SB), NOSPLIT, $0-56
	MOVD dst+0(FP), R0
	MOVD dst2+8(FP), R1
	MOVD w+16(FP), R2
	MOVD x+24(FP), R3
	MOVD x2+32(FP), R4
	MOVD rows+40(FP), R5
	MOVD k+48(FP), R6

group:
	MOVD R3, R7
	MOVD R4, R8
	MOVD R6, R9
	CLEAR(V16, V17, V18, V19)
	CLEAR(V20, V21, V22, V23)

step:
	VLD1.P 16(R7), [V0.H8]
	VLD1.P 16(R8), [V1.H8]
	WEIGHTS
	PAIR(0, 0, 1, 16, 17, 18, 19)
	PAIR(1, 0, 1, 20, 21, 22, 23)
	WEIGHTS
	PAIR(0, 2, 3, 16, 17, 18, 19)
	PAIR(1, 2, 3, 20, 21, 22, 23)
	WEIGHTS
	PAIR(0, 4, 5, 16, 17, 18, 19)
	PAIR(1, 4, 5, 20, 21, 22, 23)
	WEIGHTS
	PAIR(0, 6, 7, 16, 17, 18, 19)
	PAIR(1, 6, 7, 20, 21, 22, 23)
	SUBS $8, R9
	BNE  step

	VST1.P [V16.S4, V17.S4, V18.S4, V19.S4], 64(R0)
	VST1.P [V20.S4, V21.S4, V22.S4, V23.S4], 64(R1)
	SUBS   $16, R5
	BNE    group
	RET

// func dotsWideVector(dst *int32, w, x *int16, rows, k int)
TEXT ·dotsWideVector(SB), NOSPLIT, $0-40
	MOVD dst+0(FP), R0
	MOVD w+8(FP), R2
	MOVD x+16(FP), R3
	MOVD rows+24(FP), R5
	MOVD k+32(FP), R6

row:
	MOVD R3, R7
	MOVD R6, R9
	CLEAR(V16, V17, V18, V19)

step:
	VLD1.P 32(R7), [V0.H8, V1.H8]
	VLD1.P 32(R2), [V2.H8, V3.H8]
	SMLAL(0, 2, 16)
	SMLAL2(0, 2, 17)
	SMLAL(1, 3, 18)
	SMLAL2(1, 3, 19)
	SUBS $16, R9
	BNE  step

	VADD  V17.S4, V16.S4, V16.S4
	VADD  V19.S4, V18.S4, V18.S4
	VADD  V18.S4, V16.S4, V16.S4
	VADDV V16.S4, V16
	FMOVS F16, (R0)
	ADD   $4, R0
	SUBS  $1, R5
	BNE   row
	RET
