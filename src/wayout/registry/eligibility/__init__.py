"""Who comes before whom, by a written rule, with the reason kept for each person."""
