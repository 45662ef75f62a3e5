// Instructions of NEON that the assembler has no names for: their words in the
// Arm Architecture Reference Manual, with the numbers of the registers put in.

#define SXTL(n, d)  WORD $(0x0F08A400 | (n)<<5 | (d)) // eight low bytes to 16 bits
#define SXTL2(n, d) WORD $(0x4F08A400 | (n)<<5 | (d)) // eight high bytes
#define SMLAL(m, n, d)  WORD $(0x0E608000 | (m)<<16 | (n)<<5 | (d)) // four low products of 16 bits, added to 32
#define SMLAL2(m, n, d) WORD $(0x4E608000 | (m)<<16 | (n)<<5 | (d))

// The same with number i, 0 to 7, of m (0 to 15) for all four.
#define ELEMENT(i)       (((i)&1)<<20 | (((i)>>1)&1)<<21 | (((i)>>2)&1)<<11)
#define SMLALAT(m, i, n, d)  WORD $(0x0F402000 | ELEMENT(i) | (m)<<16 | (n)<<5 | (d))
#define SMLALAT2(m, i, n, d) WORD $(0x4F402000 | ELEMENT(i) | (m)<<16 | (n)<<5 | (d))

// Four floats of 32 bits.
#define FADD(m, n, d)  WORD $(0x4E20D400 | (m)<<16 | (n)<<5 | (d))
#define FMUL(m, n, d)  WORD $(0x6E20DC00 | (m)<<16 | (n)<<5 | (d))
#define FDIV(m, n, d)  WORD $(0x6E20FC00 | (m)<<16 | (n)<<5 | (d)) // n by m
#define FMAX(m, n, d)  WORD $(0x4E20F400 | (m)<<16 | (n)<<5 | (d))
#define FMIN(m, n, d)  WORD $(0x4EA0F400 | (m)<<16 | (n)<<5 | (d))
#define FABS(n, d)     WORD $(0x4EA0F800 | (n)<<5 | (d))
#define FMAXACROSS(n, d) WORD $(0x6E30F800 | (n)<<5 | (d))
#define SCVTF(n, d)    WORD $(0x4E21D800 | (n)<<5 | (d)) // whole numbers to floats
#define FCVTZS(n, d)   WORD $(0x4EA1B800 | (n)<<5 | (d)) // and back, towards zero
#define SQXTN(n, d)    WORD $(0x0E614800 | (n)<<5 | (d)) // 32 bits to 16

