package coref

import "math"

// assign picks for each row a column of its own, -1 for none, so that the
// chosen weights, none below 0, are the greatest in sum. It is the Hungarian
// method with shortest augmenting paths (Kuhn 1955; Jonker, Volgenant 1987):
// O(n²·m) for n rows and m columns, n the smaller.
func assign(weights [][]float64) []int {
	rows := len(weights)
	if rows == 0 {
		return nil
	}
	cols := len(weights[0])
	if rows > cols {
		flipped := make([][]float64, cols)
		for j := range flipped {
			flipped[j] = make([]float64, rows)
			for i := range weights {
				flipped[j][i] = weights[i][j]
			}
		}
		out := make([]int, rows)
		for i := range out {
			out[i] = -1
		}
		for j, i := range assign(flipped) {
			out[i] = j
		}
		return out
	}
	// Rows and columns count from 1; column 0 holds the row that seeks one.
	rowOf := make([]int, cols+1)
	rowPrice, colPrice := make([]float64, rows+1), make([]float64, cols+1)
	for row := 1; row <= rows; row++ {
		rowOf[0] = row
		least := make([]float64, cols+1)
		from := make([]int, cols+1)
		done := make([]bool, cols+1)
		for j := range least {
			least[j] = math.Inf(1)
		}
		col := 0
		for rowOf[col] != 0 {
			done[col] = true
			i, next, delta := rowOf[col], 0, math.Inf(1)
			for j := 1; j <= cols; j++ {
				if done[j] {
					continue
				}
				if cost := -weights[i-1][j-1] - rowPrice[i] - colPrice[j]; cost < least[j] {
					least[j], from[j] = cost, col
				}
				if least[j] < delta {
					delta, next = least[j], j
				}
			}
			for j := range least {
				if done[j] {
					rowPrice[rowOf[j]] += delta
					colPrice[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			col = next
		}
		for col != 0 {
			rowOf[col] = rowOf[from[col]]
			col = from[col]
		}
	}
	out := make([]int, rows)
	for j := 1; j <= cols; j++ {
		if rowOf[j] > 0 {
			out[rowOf[j]-1] = j - 1
		}
	}
	return out
}
