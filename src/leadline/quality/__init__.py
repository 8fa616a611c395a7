"""How complete and fresh customers are: measures, a score for each portfolio, and the lists that lead to the
fix (CUS-24). It counts and shows; what is wrong is mended in `customers`, by the list and its verbs."""
