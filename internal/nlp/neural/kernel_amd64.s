#include "textflag.h"

// Four rows are multiplied with x at once, 16 numbers a step: the numbers are
// multiplied as 16 bits and added in pairs as 32 bits (VPMADDWD), so nothing
// is rounded and nothing overflows that would not in plain Go.

// The four sums of eight numbers in Y0–Y3 go to (DI).
#define STORE \
	VPHADDD      Y1, Y0, Y0 \
	VPHADDD      Y3, Y2, Y2 \
	VPHADDD      Y2, Y0, Y0 \
	VEXTRACTI128 $1, Y0, X1 \
	VPADDD       X1, X0, X0 \
	VMOVDQU      X0, (DI)

#define CLEAR \
	VPXOR Y0, Y0, Y0 \
	VPXOR Y1, Y1, Y1 \
	VPXOR Y2, Y2, Y2 \
	VPXOR Y3, Y3, Y3

// func dotsVector(dst *int32, w *byte, x *int16, rows, k int)
TEXT ·dotsVector(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ w+8(FP), SI
	MOVQ x+16(FP), DX
	MOVQ rows+24(FP), CX
	MOVQ k+32(FP), BX

group:
	LEAQ (SI)(BX*1), R8
	LEAQ (R8)(BX*1), R9
	LEAQ (R9)(BX*1), R10
	CLEAR
	XORQ AX, AX

step:
	VMOVDQU   (DX)(AX*2), Y4
	VPMOVSXBW (SI)(AX*1), Y5
	VPMOVSXBW (R8)(AX*1), Y6
	VPMOVSXBW (R9)(AX*1), Y7
	VPMOVSXBW (R10)(AX*1), Y8
	VPMADDWD  Y4, Y5, Y5
	VPMADDWD  Y4, Y6, Y6
	VPMADDWD  Y4, Y7, Y7
	VPMADDWD  Y4, Y8, Y8
	VPADDD    Y5, Y0, Y0
	VPADDD    Y6, Y1, Y1
	VPADDD    Y7, Y2, Y2
	VPADDD    Y8, Y3, Y3
	ADDQ      $16, AX
	CMPQ      AX, BX
	JLT       step

	STORE
	ADDQ $16, DI
	LEAQ (R10)(BX*1), SI
	SUBQ $4, CX
	JGT  group
	VZEROUPPER
	RET

// func dotsWideVector(dst *int32, w, x *int16, rows, k int)
TEXT ·dotsWideVector(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ w+8(FP), SI
	MOVQ x+16(FP), DX
	MOVQ rows+24(FP), CX
	MOVQ k+32(FP), BX

group:
	LEAQ (SI)(BX*2), R8
	LEAQ (R8)(BX*2), R9
	LEAQ (R9)(BX*2), R10
	CLEAR
	XORQ AX, AX

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

	STORE
	ADDQ $16, DI
	LEAQ (R10)(BX*2), SI
	SUBQ $4, CX
	JGT  group
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

group:
	LEAQ (SI)(BX*1), R8
	LEAQ (R8)(BX*1), R9
	LEAQ (R9)(BX*1), R10
	CLEAR
	VPXOR Y4, Y4, Y4
	VPXOR Y5, Y5, Y5
	VPXOR Y6, Y6, Y6
	VPXOR Y7, Y7, Y7
	XORQ  AX, AX

step:
	VMOVDQU   (DX)(AX*2), Y8
	VMOVDQU   (R12)(AX*2), Y9
	VPMOVSXBW (SI)(AX*1), Y10
	VPMOVSXBW (R8)(AX*1), Y11
	VPMADDWD  Y8, Y10, Y12
	VPMADDWD  Y8, Y11, Y13
	VPMADDWD  Y9, Y10, Y14
	VPMADDWD  Y9, Y11, Y15
	VPADDD    Y12, Y0, Y0
	VPADDD    Y13, Y1, Y1
	VPADDD    Y14, Y4, Y4
	VPADDD    Y15, Y5, Y5
	VPMOVSXBW (R9)(AX*1), Y10
	VPMOVSXBW (R10)(AX*1), Y11
	VPMADDWD  Y8, Y10, Y12
	VPMADDWD  Y8, Y11, Y13
	VPMADDWD  Y9, Y10, Y14
	VPMADDWD  Y9, Y11, Y15
	VPADDD    Y12, Y2, Y2
	VPADDD    Y13, Y3, Y3
	VPADDD    Y14, Y6, Y6
	VPADDD    Y15, Y7, Y7
	ADDQ      $16, AX
	CMPQ      AX, BX
	JLT       step

	STORE
	VPHADDD      Y5, Y4, Y4
	VPHADDD      Y7, Y6, Y6
	VPHADDD      Y6, Y4, Y4
	VEXTRACTI128 $1, Y4, X5
	VPADDD       X5, X4, X4
	VMOVDQU      X4, (R11)
	ADDQ         $16, DI
	ADDQ         $16, R11
	LEAQ         (R10)(BX*1), SI
	SUBQ         $4, CX
	JGT          group
	VZEROUPPER
	RET
