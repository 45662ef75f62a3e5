#include "textflag.h"
#include "neon_arm64.h"

// What is done to floats, four at a time. Each is multiplied, added and divided in
// the order of the Go code beside it and never in one fused step, so the result is
// the same to the last bit.

#define FLOAT(at, bits) DATA cell<>+at(SB)/4, $bits

FLOAT(0, 0x409f0a3d)  // tanhEnd: 4.97
FLOAT(4, 0xc09f0a3d)
FLOAT(8, 0x43bd0000)  // 378
FLOAT(12, 0x46875a00) // 17325
FLOAT(16, 0x4803f7c0) // 135135
FLOAT(20, 0x41e00000) // 28
FLOAT(24, 0x4544e000) // 3150
FLOAT(28, 0x4773a200) // 62370
FLOAT(32, 0x3f800000) // 1
FLOAT(36, 0x3f000000) // 0.5
FLOAT(40, 0x45800000) // 0.5 / outputUnit: 4096
FLOAT(44, 0x80000000) // the sign
FLOAT(48, 0x46fffe00) // 32767
FLOAT(52, 0xc6fffe00)
GLOBL cell<>(SB), RODATA|NOPTR, $56

// Register X becomes tanh of it; V0, V1 and V2 are lost.
#define TANH(X) \
	FMAX(17, X, X)   \
	FMIN(16, X, X)   \
	FMUL(X, X, 0)    \
	FADD(18, 0, 1)   \
	FMUL(0, 1, 1)    \
	FADD(19, 1, 1)   \
	FMUL(0, 1, 1)    \
	FADD(20, 1, 1)   \
	FMUL(X, 1, 1)    \
	FMUL(21, 0, 2)   \
	FADD(22, 2, 2)   \
	FMUL(0, 2, 2)    \
	FADD(23, 2, 2)   \
	FMUL(0, 2, 2)    \
	FADD(20, 2, 2)   \
	FDIV(2, 1, X)

// One gate into register X: its sums at A, their scales at S, what the input adds at G.
#define GATE(A, S, G, X) \
	VLD1.P 16(A), [V0.S4] \
	VLD1.P 16(S), [V1.S4] \
	VLD1.P 16(G), [V2.S4] \
	SCVTF(0, 0)   \
	FMUL(1, 0, 0) \
	FADD(2, 0, X) \
	TANH(X)

// func cellVector(out *int16, cell, gates *float32, acc *int32, scale *float32, h int)
TEXT ·cellVector(SB), NOSPLIT, $0-48
	MOVD out+0(FP), R0
	MOVD cell+8(FP), R1
	MOVD gates+16(FP), R7
	MOVD acc+24(FP), R11
	MOVD scale+32(FP), R15
	MOVD h+40(FP), R5
	LSL  $2, R5, R6 // from one gate to the next
	ADD  R6, R7, R8
	ADD  R6, R8, R9
	ADD  R6, R9, R10
	ADD  R6, R11, R12
	ADD  R6, R12, R13
	ADD  R6, R13, R14
	ADD  R6, R15, R16
	ADD  R6, R16, R17
	ADD  R6, R17, R19
	MOVD $cell<>(SB), R20
	VLD1R.P 4(R20), [V16.S4]
	VLD1R.P 4(R20), [V17.S4]
	VLD1R.P 4(R20), [V18.S4]
	VLD1R.P 4(R20), [V19.S4]
	VLD1R.P 4(R20), [V20.S4]
	VLD1R.P 4(R20), [V21.S4]
	VLD1R.P 4(R20), [V22.S4]
	VLD1R.P 4(R20), [V23.S4]
	VLD1R.P 4(R20), [V24.S4]
	VLD1R.P 4(R20), [V25.S4]
	VLD1R.P 4(R20), [V26.S4]
	VLD1R.P 4(R20), [V27.S4]

unit:
	GATE(R11, R15, R7, 3)  // in
	GATE(R13, R17, R9, 4)  // new
	FADD(24, 3, 3)
	FMUL(4, 3, 3)
	GATE(R12, R16, R8, 4)  // forget
	FADD(24, 4, 4)
	VLD1 (R1), [V5.S4]
	FMUL(5, 4, 4)
	FADD(4, 3, 4)
	FMUL(25, 4, 4)
	VST1.P [V4.S4], 16(R1)
	GATE(R14, R19, R10, 3) // out
	FADD(24, 3, 3)
	TANH(4)
	FMUL(4, 3, 3)
	FMUL(26, 3, 3)
	VAND V27.B16, V3.B16, V4.B16
	VORR V25.B16, V4.B16, V4.B16
	FADD(4, 3, 3)
	FCVTZS(3, 3)
	SQXTN(3, 3)
	VST1.P [V3.H4], 8(R0)
	SUBS $4, R5
	BNE  unit
	RET

// func scaledVector(dst *float32, acc *int32, scale, bias *float32, unit float32, n int)
TEXT ·scaledVector(SB), NOSPLIT, $0-48
	MOVD dst+0(FP), R0
	MOVD acc+8(FP), R1
	MOVD scale+16(FP), R2
	MOVD bias+24(FP), R3
	FMOVS unit+32(FP), F3
	VDUP V3.S[0], V3.S4
	MOVD n+40(FP), R5

scale:
	VLD1.P 16(R1), [V0.S4]
	VLD1.P 16(R2), [V1.S4]
	VLD1.P 16(R3), [V2.S4]
	SCVTF(0, 0)
	FMUL(3, 1, 1)
	FMUL(1, 0, 0)
	FADD(2, 0, 0)
	VST1.P [V0.S4], 16(R0)
	SUBS $4, R5
	BNE  scale
	RET

// func largestVector(v *float32, n int) float32
TEXT ·largestVector(SB), NOSPLIT, $0-20
	MOVD v+0(FP), R0
	MOVD n+8(FP), R5
	VEOR V0.B16, V0.B16, V0.B16

next:
	VLD1.P 16(R0), [V1.S4]
	FABS(1, 1)
	FMAX(1, 0, 0)
	SUBS $4, R5
	BNE  next
	FMAXACROSS(0, 0)
	FMOVS F0, ret+16(FP)
	RET

// func fixedVector(dst *int16, v *float32, perUnit float32, n int)
TEXT ·fixedVector(SB), NOSPLIT, $0-32
	MOVD  dst+0(FP), R0
	MOVD  v+8(FP), R1
	FMOVS perUnit+16(FP), F3
	VDUP  V3.S[0], V3.S4
	MOVD  n+24(FP), R5
	MOVD  $cell<>+36(SB), R20
	VLD1R.P 4(R20), [V25.S4]
	ADD   $4, R20
	VLD1R.P 4(R20), [V27.S4]
	VLD1R.P 4(R20), [V16.S4]
	VLD1R.P 4(R20), [V17.S4]

next:
	VLD1.P 16(R1), [V0.S4]
	FMUL(3, 0, 0)
	VAND V27.B16, V0.B16, V1.B16
	VORR V25.B16, V1.B16, V1.B16
	FADD(1, 0, 0)
	FMIN(16, 0, 0)
	FMAX(17, 0, 0)
	FCVTZS(0, 0)
	SQXTN(0, 0)
	VST1.P [V0.H4], 8(R0)
	SUBS $4, R5
	BNE  next
	RET
