/// What the dashboard's pages look like beside what they share with reports.
enum DashboardStyle {
  static let text: StaticString = """

    .top { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; justify-content: space-between; margin-bottom: 1rem;
      color: var(--quiet); font-size: .9rem; }
    .ask { border-left: .25rem solid var(--look); padding: .25rem 0 .25rem 1rem; margin: 1.25rem 0; }
    form { max-width: 40rem; margin: 1.5rem 0; }
    label { display: block; margin: .75rem 0 .25rem; font-weight: 600; }
    input, textarea, button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--quiet);
      border-radius: .25rem; padding: .4rem .6rem; }
    input, textarea { width: 100%; }
    textarea { min-height: 6rem; }
    button { margin: 1rem .75rem 0 0; font-weight: 600; cursor: pointer; }

    """
}
