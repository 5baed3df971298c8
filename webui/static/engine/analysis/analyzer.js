// Twin of indexer/analysis/analyzer.py, indexer/analysis/synonyms.py.
// Folding and segmentation as an index does them, with the user's words.
import { HAN } from "./fold.js";
import { NUMERALS } from "./numerals.js";
import { Spellings } from "./spellings.js";
import { characters, distinct, isWordCharacter } from "./characters.js";

const GUESSABLE = new RegExp(`^(?![第${NUMERALS}]+)[${HAN}]{3,}$`, "u");

export class Analyzer {
  /** `loadRegional` gives the words that other regions call otherwise, which is read at the first query. */
  constructor(folding, segmenter, about, loadRegional) {
    this.folding = folding;
    this.segmenter = segmenter;
    this.uninformative = new Set(about.uninformative);
    this.synonyms = about.synonyms;
    this.spellings = new Spellings(folding, about.transliteration);
    this.loadRegional = loadRegional;
    this.regional = null;
    this.spacedWords = new Set(about.spaced_words);
  }

  fold(text) {
    return this.folding.fold(text);
  }

  key(text) {
    return this.folding.key(text);
  }

  expand(run) {
    return this.spellings.expand(run);
  }

  cut(text) {
    return this.segmenter.cut(text);
  }

  words(text) {
    return this.cut(text).filter(holdsWordCharacter);
  }

  /** Whether the segmenter made up a word of three or more Han characters, no number, that no dictionary holds. */
  guessed(word) {
    return GUESSABLE.test(word) && !this.segmenter.knows(word);
  }

  /** The synonyms that a folded run holds: entries among its words, or longer ones inside it. */
  synonymsWithin(text, words) {
    return this.synonyms.filter(([word]) => words.includes(word) || (characters(word).length > 1 && text.includes(word)));
  }

  async ensureRegional() {
    if (this.regional) return;
    const bytes = await this.loadRegional();
    this.regional = new Map(Object.entries(JSON.parse(new TextDecoder().decode(bytes))));
  }

  /** Loads what is needed to fold and cut the texts of a query in all their spellings. */
  async ensure(query, texts) {
    await Promise.all([this.folding.ensure(query), this.ensureRegional()]);
    const folded = distinct(texts.flatMap((text) => [this.key(text), this.fold(text).text]));
    const spellings = folded.flatMap((text) => this.expand(text));
    const others = this.synonyms.filter(([word]) => spellings.some((text) => text.includes(word))).flatMap((entry) => entry[1]);
    await this.segmenter.ensure([...spellings, ...folded, ...others]);
  }
}

export const holdsWordCharacter = (piece) => characters(piece).some(isWordCharacter);
