//! Finding films: vectors, words, filters, fusion.
