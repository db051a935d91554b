/* For checking the scripts only (tsc --checkJs); not part of the page. */

interface Sparse<T> {
  at: number[];
  value: T[];
}

interface PageData {
  title: string;
  light: string;
  dark: string;
  base: string;
  prefixes: Record<string, string>;
  classes: { name: string; plural: string; shape: string; hollow: boolean; light: string; dark: string }[];
  families: { name: string; label: string; dash: number[]; light: string; dark: string }[];
  relations: { name: string; family: string; forward: string; backward: string; symmetric: boolean }[];
  modalities: string[];
  statuses: string[];
  options: any;
  central: number;
  spread: number;
  nodes: {
    id: string[];
    label: string[];
    class: number[];
    x: number[];
    y: number[];
    size: number[];
    community: number[];
    aliases: Sparse<string[]>;
    links: Sparse<string[]>;
    attributes: Sparse<[string, string][]>;
  };
  pairs: { a: number[]; b: number[] };
  documents: {
    id: string[];
    title: string[];
    publisher: string[];
    country: string[];
    year: (number | null)[];
    file: string[];
    url: string[];
  };
  rules: string[];
  claims: {
    id: string[];
    pair: number[];
    turned: number[];
    relation: number[];
    modality: number[];
    confidence: number[];
    rule: number[];
    qualifiers: Record<string, Sparse<string>>;
    first: number[];
    quote: number[];
  };
  quotes: {
    document: number[];
    start: number[];
    end: number[];
    text: string[];
    section: Sparse<string>;
    page: Sparse<number>;
    anchor: Sparse<string>;
    marks: number[][];
  };
}

declare const vis: any;
