#include "textflag.h"

// Sixteen rows are multiplied with x at once. Their weights are interleaved (see
// pack), so that each lane of a register adds up one row: two neighbouring numbers
// of x go to all lanes and are multiplied with two weights of each row as 16 bits,
// and the pair of products is added as 32 bits. Nothing is rounded, and nothing
// overflows that would not in plain Go.

// One pair of numbers of one vector, sixteen rows: x at X, the weights in Y4 and Y5.
#define STEP(X, LOW, HIGH) \
	VPBROADCASTD X, Y6       \
	VPMADDWD     Y6, Y4, Y7  \
	VPMADDWD     Y6, Y5, Y8  \
	VPADDD       Y7, LOW, LOW \
	VPADDD       Y8, HIGH, HIGH

#define WEIGHTS(AT) \
	VPMOVSXBW AT(SI), Y4 \
	VPMOVSXBW (AT+16)(SI), Y5

// func dotsVector(dst *int32, w *byte, x *int16, rows, k int)
TEXT ·dotsVector(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ w+8(FP), SI
	MOVQ x+16(FP), DX
	MOVQ rows+24(FP), CX
	MOVQ k+32(FP), BX
	LEAQ (DX)(BX*2), BX

group:
	MOVQ  DX, AX
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3

step:
	WEIGHTS(0)
	STEP((AX), Y0, Y1)
	WEIGHTS(32)
	STEP(4(AX), Y2, Y3)
	WEIGHTS(64)
	STEP(8(AX), Y0, Y1)
	WEIGHTS(96)
	STEP(12(AX), Y2, Y3)
	ADDQ $128, SI
	ADDQ $16, AX
	CMPQ AX, BX
	JLT  step

	VPADDD  Y2, Y0, Y0
	VPADDD  Y3, Y1, Y1
	VMOVDQU Y0, (DI)
	VMOVDQU Y1, 32(DI)
	ADDQ    $64, DI
	SUBQ    $16, CX
	JGT     group
	VZEROUPPER
	RET

// func dotsPairVector(dst, dst2 *int32, w *byte, x, x2 *int16, rows, k int)
TEXT ·dotsPairVector(SB), NOSPLIT, $0-56
	MOVQ dst+0(FP), DI
	MOVQ dst2+8(FP), R11
	MOVQ w+16(FP), SI
	MOVQ x+24(FP), DX
	MOVQ x2+32(FP), R12
	MOVQ rows+40(FP), CX
	MOVQ k+48(FP), BX
	LEAQ (DX)(BX*2), BX
	SUBQ DX, R12

group:
	MOVQ  DX, AX
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3

step:
	WEIGHTS(0)
	STEP((AX), Y0, Y1)
	STEP((AX)(R12*1), Y2, Y3)
	WEIGHTS(32)
	STEP(4(AX), Y0, Y1)
	STEP(4(AX)(R12*1), Y2, Y3)
	ADDQ $64, SI
	ADDQ $8, AX
	CMPQ AX, BX
	JLT  step

	VMOVDQU Y0, (DI)
	VMOVDQU Y1, 32(DI)
	VMOVDQU Y2, (R11)
	VMOVDQU Y3, 32(R11)
	ADDQ    $64, DI
	ADDQ    $64, R11
	SUBQ    $16, CX
	JGT     group
	VZEROUPPER
	RET

// The same with AVX-512 VNNI, whose VPDPWSSD multiplies and adds in one: a register
// holds sixteen rows.

#define CLEARWIDE \
	VPXORD Z0, Z0, Z0 \
	VPXORD Z1, Z1, Z1 \
	VPXORD Z2, Z2, Z2 \
	VPXORD Z3, Z3, Z3 \
	VPXORD Z4, Z4, Z4 \
	VPXORD Z5, Z5, Z5 \
	VPXORD Z6, Z6, Z6 \
	VPXORD Z7, Z7, Z7

// func dotsWidest(dst *int32, w *byte, x *int16, rows, k int)
TEXT ·dotsWidest(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ w+8(FP), SI
	MOVQ x+16(FP), DX
	MOVQ rows+24(FP), CX
	MOVQ k+32(FP), BX
	LEAQ (DX)(BX*2), BX

group:
	MOVQ DX, AX
	CLEARWIDE

step:
	VPMOVSXBW     (SI), Z8
	VPMOVSXBW     32(SI), Z9
	VPMOVSXBW     64(SI), Z10
	VPMOVSXBW     96(SI), Z11
	VPMOVSXBW     128(SI), Z12
	VPMOVSXBW     160(SI), Z13
	VPMOVSXBW     192(SI), Z14
	VPMOVSXBW     224(SI), Z15
	VPDPWSSD.BCST (AX), Z8, Z0
	VPDPWSSD.BCST 4(AX), Z9, Z1
	VPDPWSSD.BCST 8(AX), Z10, Z2
	VPDPWSSD.BCST 12(AX), Z11, Z3
	VPDPWSSD.BCST 16(AX), Z12, Z4
	VPDPWSSD.BCST 20(AX), Z13, Z5
	VPDPWSSD.BCST 24(AX), Z14, Z6
	VPDPWSSD.BCST 28(AX), Z15, Z7
	ADDQ          $256, SI
	ADDQ          $32, AX
	CMPQ          AX, BX
	JLT           step

	VPADDD    Z1, Z0, Z0
	VPADDD    Z3, Z2, Z2
	VPADDD    Z5, Z4, Z4
	VPADDD    Z7, Z6, Z6
	VPADDD    Z2, Z0, Z0
	VPADDD    Z6, Z4, Z4
	VPADDD    Z4, Z0, Z0
	VMOVDQU32 Z0, (DI)
	ADDQ      $64, DI
	SUBQ      $16, CX
	JGT       group
	VZEROUPPER
	RET

// func dotsFourWidest(dst *int32, w *byte, x *int16, rows, k int)
TEXT ·dotsFourWidest(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ w+8(FP), SI
	MOVQ x+16(FP), DX
	MOVQ rows+24(FP), CX
	MOVQ k+32(FP), BX
	LEAQ (BX*2), R8           // from one vector to the next
	LEAQ (R8)(R8*2), R9
	LEAQ (CX*4), R10          // from the sums of one to those of the next
	LEAQ (R10)(R10*2), R11
	LEAQ (DX)(R8*1), BX

group:
	MOVQ DX, AX
	CLEARWIDE

step:
	VPMOVSXBW     (SI), Z8
	VPMOVSXBW     32(SI), Z9
	VPDPWSSD.BCST (AX), Z8, Z0
	VPDPWSSD.BCST (AX)(R8*1), Z8, Z1
	VPDPWSSD.BCST (AX)(R8*2), Z8, Z2
	VPDPWSSD.BCST (AX)(R9*1), Z8, Z3
	VPDPWSSD.BCST 4(AX), Z9, Z4
	VPDPWSSD.BCST 4(AX)(R8*1), Z9, Z5
	VPDPWSSD.BCST 4(AX)(R8*2), Z9, Z6
	VPDPWSSD.BCST 4(AX)(R9*1), Z9, Z7
	ADDQ          $64, SI
	ADDQ          $8, AX
	CMPQ          AX, BX
	JLT           step

	VPADDD    Z4, Z0, Z0
	VPADDD    Z5, Z1, Z1
	VPADDD    Z6, Z2, Z2
	VPADDD    Z7, Z3, Z3
	VMOVDQU32 Z0, (DI)
	VMOVDQU32 Z1, (DI)(R10*1)
	VMOVDQU32 Z2, (DI)(R10*2)
	VMOVDQU32 Z3, (DI)(R11*1)
	ADDQ      $64, DI
	SUBQ      $16, CX
	JGT       group
	VZEROUPPER
	RET

// The rows of dotsWide are not interleaved: four are multiplied with x at once,
// and the lanes of each are added up at the end.

// func dotsWideVector(dst *int32, w, x *int16, rows, k int)
TEXT ·dotsWideVector(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ w+8(FP), SI
	MOVQ x+16(FP), DX
	MOVQ rows+24(FP), CX
	MOVQ k+32(FP), BX

group:
	LEAQ  (SI)(BX*2), R8
	LEAQ  (R8)(BX*2), R9
	LEAQ  (R9)(BX*2), R10
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	XORQ  AX, AX

step:
	VMOVDQU  (DX)(AX*2), Y4
	VPMADDWD (SI)(AX*2), Y4, Y5
	VPMADDWD (R8)(AX*2), Y4, Y6
	VPMADDWD (R9)(AX*2), Y4, Y7
	VPMADDWD (R10)(AX*2), Y4, Y8
	VPADDD   Y5, Y0, Y0
	VPADDD   Y6, Y1, Y1
	VPADDD   Y7, Y2, Y2
	VPADDD   Y8, Y3, Y3
	ADDQ     $16, AX
	CMPQ     AX, BX
	JLT      step

	VPHADDD      Y1, Y0, Y0
	VPHADDD      Y3, Y2, Y2
	VPHADDD      Y2, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPADDD       X1, X0, X0
	VMOVDQU      X0, (DI)
	ADDQ         $16, DI
	LEAQ         (R10)(BX*2), SI
	SUBQ         $4, CX
	JGT          group
	VZEROUPPER
	RET
