#include "textflag.h"

// What is done to floats, eight at a time. Each is multiplied, added and divided
// in the order of the Go code beside it and never in one fused step, so the result
// is the same to the last bit.

#define EIGHT(name, bits) \
	DATA  name<>+0(SB)/4, $bits  \
	DATA  name<>+4(SB)/4, $bits  \
	DATA  name<>+8(SB)/4, $bits  \
	DATA  name<>+12(SB)/4, $bits \
	DATA  name<>+16(SB)/4, $bits \
	DATA  name<>+20(SB)/4, $bits \
	DATA  name<>+24(SB)/4, $bits \
	DATA  name<>+28(SB)/4, $bits \
	GLOBL name<>(SB), RODATA|NOPTR, $32

EIGHT(sign, 0x80000000)
EIGHT(magnitude, 0x7fffffff)
EIGHT(half, 0x3f000000)
EIGHT(one, 0x3f800000)
EIGHT(perOutput, 0x45800000)     // 0.5 / outputUnit: 4096
EIGHT(tanhEndUp, 0x409f0a3d)     // tanhEnd: 4.97
EIGHT(tanhEndDown, 0xc09f0a3d)
EIGHT(c378, 0x43bd0000)
EIGHT(c17325, 0x46875a00)
EIGHT(c135135, 0x4803f7c0)
EIGHT(c28, 0x41e00000)
EIGHT(c3150, 0x4544e000)
EIGHT(c62370, 0x4773a200)
EIGHT(largest, 0x46fffe00)       // 32767
EIGHT(smallest, 0xc6fffe00)

// X becomes tanh(X); Y0, Y1 and Y2 are lost. Y8 to Y15 hold the constants.
#define TANH(X) \
	VMAXPS X, Y9, X     \
	VMINPS X, Y8, X     \
	VMULPS X, X, Y0     \
	VADDPS Y10, Y0, Y1  \
	VMULPS Y0, Y1, Y1   \
	VADDPS Y11, Y1, Y1  \
	VMULPS Y0, Y1, Y1   \
	VADDPS Y12, Y1, Y1  \
	VMULPS X, Y1, Y1    \
	VMULPS Y13, Y0, Y2  \
	VADDPS Y14, Y2, Y2  \
	VMULPS Y0, Y2, Y2   \
	VADDPS Y15, Y2, Y2  \
	VMULPS Y0, Y2, Y2   \
	VADDPS Y12, Y2, Y2  \
	VDIVPS Y2, Y1, X

// One gate: its sums, its scales and what the input adds are AT from the first.
#define GATE(AT, X) \
	VCVTDQ2PS (R8)(AT*1), X \
	VMULPS    (R9)(AT*1), X, X \
	VADDPS    (SI)(AT*1), X, X \
	TANH(X)

// func cellVector(out *int16, cell, gates *float32, acc *int32, scale *float32, h int)
TEXT ·cellVector(SB), NOSPLIT, $0-48
	MOVQ    out+0(FP), DI
	MOVQ    cell+8(FP), DX
	MOVQ    gates+16(FP), SI
	MOVQ    acc+24(FP), R8
	MOVQ    scale+32(FP), R9
	MOVQ    h+40(FP), CX
	LEAQ    (CX*4), R10       // from one gate to the next
	LEAQ    (R10*2), R11
	LEAQ    (R10)(R11*1), R12
	XORQ    R13, R13
	VMOVUPS tanhEndUp<>(SB), Y8
	VMOVUPS tanhEndDown<>(SB), Y9
	VMOVUPS c378<>(SB), Y10
	VMOVUPS c17325<>(SB), Y11
	VMOVUPS c135135<>(SB), Y12
	VMOVUPS c28<>(SB), Y13
	VMOVUPS c3150<>(SB), Y14
	VMOVUPS c62370<>(SB), Y15

unit:
	GATE(R13, Y3)  // in
	GATE(R11, Y4)  // new
	VADDPS one<>(SB), Y3, Y3
	VMULPS Y4, Y3, Y3
	GATE(R10, Y4)  // forget
	VADDPS one<>(SB), Y4, Y4
	VMULPS (DX), Y4, Y4
	VADDPS Y3, Y4, Y4
	VMULPS half<>(SB), Y4, Y4
	VMOVUPS Y4, (DX)
	GATE(R12, Y3)  // out
	VADDPS one<>(SB), Y3, Y3
	TANH(Y4)
	VMULPS Y4, Y3, Y3
	VMULPS perOutput<>(SB), Y3, Y3
	VANDPS sign<>(SB), Y3, Y4
	VORPS  half<>(SB), Y4, Y4
	VADDPS Y4, Y3, Y3
	VCVTTPS2DQ   Y3, Y3
	VEXTRACTI128 $1, Y3, X4
	VPACKSSDW    X4, X3, X3
	VMOVDQU      X3, (DI)
	ADDQ $32, SI
	ADDQ $32, R8
	ADDQ $32, R9
	ADDQ $32, DX
	ADDQ $16, DI
	SUBQ $8, CX
	JGT  unit
	VZEROUPPER
	RET

// func scaledVector(dst *float32, acc *int32, scale, bias *float32, unit float32, n int)
TEXT ·scaledVector(SB), NOSPLIT, $0-48
	MOVQ         dst+0(FP), DI
	MOVQ         acc+8(FP), R8
	MOVQ         scale+16(FP), R9
	MOVQ         bias+24(FP), SI
	VBROADCASTSS unit+32(FP), Y3
	MOVQ         n+40(FP), CX

scale:
	VCVTDQ2PS (R8), Y0
	VMULPS    (R9), Y3, Y1
	VMULPS    Y1, Y0, Y0
	VADDPS    (SI), Y0, Y0
	VMOVUPS   Y0, (DI)
	ADDQ      $32, R8
	ADDQ      $32, R9
	ADDQ      $32, SI
	ADDQ      $32, DI
	SUBQ      $8, CX
	JGT       scale
	VZEROUPPER
	RET

// func largestVector(v *float32, n int) float32
TEXT ·largestVector(SB), NOSPLIT, $0-20
	MOVQ    v+0(FP), SI
	MOVQ    n+8(FP), CX
	VMOVUPS magnitude<>(SB), Y1
	VXORPS  Y0, Y0, Y0

most:
	VANDPS (SI), Y1, Y2
	VMAXPS Y2, Y0, Y0
	ADDQ   $32, SI
	SUBQ   $8, CX
	JGT    most
	VEXTRACTF128 $1, Y0, X1
	VMAXPS       X1, X0, X0
	VPSHUFD      $0x4e, X0, X1
	VMAXPS       X1, X0, X0
	VPSHUFD      $0xb1, X0, X1
	VMAXSS       X1, X0, X0
	VMOVSS       X0, ret+16(FP)
	VZEROUPPER
	RET

// func fixedVector(dst *int16, v *float32, perUnit float32, n int)
TEXT ·fixedVector(SB), NOSPLIT, $0-32
	MOVQ         dst+0(FP), DI
	MOVQ         v+8(FP), SI
	VBROADCASTSS perUnit+16(FP), Y5
	MOVQ         n+24(FP), CX
	VMOVUPS      sign<>(SB), Y6
	VMOVUPS      half<>(SB), Y7
	VMOVUPS      largest<>(SB), Y8
	VMOVUPS      smallest<>(SB), Y9

round:
	VMULPS       (SI), Y5, Y0
	VANDPS       Y6, Y0, Y1
	VORPS        Y7, Y1, Y1
	VADDPS       Y1, Y0, Y0
	VMINPS       Y8, Y0, Y0
	VMAXPS       Y9, Y0, Y0
	VCVTTPS2DQ   Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPACKSSDW    X1, X0, X0
	VMOVDQU      X0, (DI)
	ADDQ         $32, SI
	ADDQ         $16, DI
	SUBQ         $8, CX
	JGT          round
	VZEROUPPER
	RET
