"""Published overlap tables, as facts: how many people were on exactly which lists.

Sources of the counts: the data of the R packages SparseMSE (Chan, Silverman and Vincent; UK,
Netherlands, New Orleans, Australia, Artificial_3), MSETools (Binette; the same under MIT) and
Rcapture (Baillargeon and Rivest; the HIV registers of Rome, after Abeni and others 1994).
"""

import numpy as np

from wayout.registry.estimate.overlaps import Overlaps, pattern_of


def table(lists: str, counts: str) -> Overlaps:
    names = lists.split(",")
    found = np.zeros(2 ** len(names) - 1, dtype=np.int64)
    for part in counts.split(","):
        pattern, count = part.split()
        found[pattern_of(names.index(name) for name in pattern.split("+")) - 1] = int(count)
    return Overlaps(tuple(names), found)


UK_5 = table(
    "LA,NG,PFNCA,GO,GP",
    "LA 54, NG 463, PFNCA 995, GO 695, GP 316, LA+NG 15, LA+PFNCA 19, LA+GO 3, NG+PFNCA 62, "
    "NG+GO 19, NG+GP 1, PFNCA+GO 76, PFNCA+GP 11, GO+GP 8, LA+NG+PFNCA 1, LA+NG+GO 1, "
    "NG+PFNCA+GO 4, LA+NG+PFNCA+GO 1",
)
UK_6 = table(
    "LA,NG,PF,GO,GP,NCA",
    "LA 54, NG 463, PF 907, GO 695, GP 316, NCA 57, LA+NG 15, LA+PF 19, LA+GO 3, NG+PF 56, "
    "NG+GO 19, NG+GP 1, NG+NCA 3, PF+GO 69, PF+GP 10, PF+NCA 31, GO+GP 8, GO+NCA 6, GP+NCA 1, "
    "LA+NG+PF 1, LA+NG+GO 1, NG+PF+GO 4, NG+PF+NCA 3, PF+GO+NCA 1, LA+NG+PF+GO 1",
)
NETHERLANDS = table(
    "IO,K,P,R,Z",
    "IO 756, K 1299, P 4466, R 650, Z 632, IO+K 1, IO+P 81, IO+R 5, IO+Z 73, K+P 44, K+Z 4, "
    "P+R 82, P+Z 125, R+Z 2, IO+P+R 2, IO+P+Z 11, P+R+Z 1",
)
NEW_ORLEANS = table(
    "A,X,C,D,H",
    "A 25, X 24, C 70, D 33, H 21, A+X 1, A+C 1, A+D 2, X+C 2, X+D 2, X+H 1, C+D 1, A+X+C 1, "
    "A+X+D 1",
)
AUSTRALIA = table(
    "A,B,C,D",
    "A 34, B 13, C 198, D 100, A+B 3, A+C 4, A+D 1, B+C 36, B+D 2, A+B+C 6, A+B+D 1, "
    "B+C+D 15, A+B+C+D 1",
)
ROME_HIV = table(
    "1,2,3,4",
    "1+2+3 3, 1+2+4 1, 1+2 33, 1+3 20, 1+4 6, 1 403, 2+3+4 3, 2+3 35, 2+4 10, 2 545, 3+4 11, "
    "3 621, 4 205",
)
ARTIFICIAL_3 = table("A,B,C", "A 40, B 30, C 20, A+B 6")
