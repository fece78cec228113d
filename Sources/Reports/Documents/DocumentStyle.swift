/// How a report looks in a browser, on paper and on a narrow screen.
enum DocumentStyle {
  /// The style sheet. Text has a contrast of 4.5 and more in both schemes, lines 3 and more.
  static let text: StaticString = """

    :root { color-scheme: light dark; --ink: #1a1d21; --paper: #fff; --quiet: #545b64; --line: #c9ced6;
      --band: #f4f6f8; --good: #17693a; --look: #8a4b00; --bad: #b3261e; --link: #0b57d0; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e7e9ec; --paper: #14171a; --quiet: #a9b1bb; --line: #3f464f; --band: #1d2125;
        --good: #7ddc9a; --look: #ffb86b; --bad: #ff9b93; --link: #8ab4f8; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1.25rem 3rem; background: var(--paper);
      color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
    h2 { font-size: 1.25rem; margin: 2.25rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
    h3 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
    h4 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
    .boxes li::marker { content: "☐  "; }
    h1, h2, h3, h4, p, dd, li, figcaption, summary { overflow-wrap: anywhere; }
    header p:first-of-type { font-size: 1.15rem; }
    p { margin: .5rem 0; max-width: 50rem; }
    a { color: var(--link); }
    code, pre { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .9em; }
    code { background: var(--band); padding: 0 .25em; border-radius: .2em; }
    pre { background: var(--band); padding: .75rem; overflow-x: auto; max-height: 40rem; line-height: 1.4; }
    nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; margin: 1rem 0 0; }
    dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .25rem 1.25rem; margin: 1rem 0; }
    dt { color: var(--quiet); }
    dd { margin: 0; }
    .good { color: var(--good); font-weight: 600; }
    .look { color: var(--look); font-weight: 600; }
    .bad { color: var(--bad); font-weight: 600; }
    .scroll { overflow-x: auto; margin: 1rem 0; }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    table { border-collapse: collapse; min-width: min(100%, 36rem); font-size: .9rem; }
    caption { text-align: left; font-weight: 600; padding: .25rem 0; }
    th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; white-space: nowrap;
      border-bottom: 1px solid var(--line); }
    td.w { white-space: normal; min-width: 16rem; max-width: 28rem; overflow-wrap: anywhere; }
    thead th { color: var(--quiet); font-weight: 600; vertical-align: bottom; }
    tbody th { font-weight: 500; }
    .n { text-align: right; font-variant-numeric: tabular-nums; }
    .bar { min-width: 9rem; width: 25%; vertical-align: middle; white-space: normal; }
    .bar svg { display: block; width: 100%; height: .8rem; }
    .bar svg[height="35"] { height: auto; min-width: 15rem; }
    .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 1.5rem; }
    figure { margin: 0; }
    figcaption { font-size: .9rem; margin-bottom: .25rem; }
    figcaption b { display: block; }
    figure svg { display: block; width: 100%; max-width: 34rem; height: auto; }
    details { margin: .75rem 0; }
    summary { cursor: pointer; font-weight: 600; }
    footer { margin-top: 2.5rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .9rem; }
    @media (max-width: 40rem) {
      body { padding: 1rem .75rem 2rem; }
      dl { grid-template-columns: 1fr; gap: 0; }
      dd { margin-bottom: .5rem; }
    }
    @media (forced-colors: active) {
      h2, th, td, footer { border-color: CanvasText; }
      code, pre { border: 1px solid CanvasText; }
    }
    @media print {
      @page { size: A4; margin: 15mm; }
      :root { color-scheme: light; --ink: #000; --paper: #fff; --quiet: #444; --line: #999; --band: #f4f4f4;
        --good: #17693a; --look: #8a4b00; --bad: #b3261e; --link: #000; }
      body { max-width: none; padding: 0; font-size: 9.5pt; }
      nav { display: none; }
      .page { break-before: page; }
      h3, h4 { break-after: avoid; }
      h2 { break-after: avoid; margin-top: 1.25rem; }
      tr, figure { break-inside: avoid; }
      thead { display: table-header-group; }
      .scroll, pre { overflow: visible; max-height: none; }
      pre { white-space: pre-wrap; }
      table { font-size: 7.5pt; width: 100%; }
      th, td { padding-right: .4rem; }
      tbody th, td.w { white-space: normal; overflow-wrap: anywhere; min-width: 0; }
      .bar { min-width: 5rem; width: 20%; }
      .charts { grid-template-columns: 1fr 1fr; }
      details::details-content { content-visibility: visible; display: block; height: auto; }
    }

    """
}
