/** The mean vote of a film, where anybody has voted: a mean of 0, or of no votes, is how data sets write "not known". */
export function meanVote(average: number | undefined, votes: number | undefined): number | undefined {
  return votes === 0 || (average === 0 && votes === undefined) ? undefined : average;
}
