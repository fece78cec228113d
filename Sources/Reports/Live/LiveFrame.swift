import RotationEngine

/// The lines of a live view on a terminal of some size.
struct LiveFrame {
  /// What a page has beside the lines that are shown of it.
  struct PageSize {
    let room: Int
    let length: Int
  }

  /// The lines, from the top.
  let lines: [String]

  /// The size of the page; nil for the overview.
  let page: PageSize?

  /// The columns and lines below which only a summary is shown.
  static let least = (columns: 60, lines: 12)

  init(_ model: LiveModel, _ layout: TextLayout, height: Int, hasKeys: Bool = true) {
    let overview = model.overview
    guard layout.width >= Self.least.columns, height >= Self.least.lines else {
      let words = wrap(LiveSummary.words(overview, layout), to: layout.width)
      lines = words.prefix(max(height, 1)).map { StyledLine($0).fitted(layout) }
      page = nil
      return
    }
    if model.page == .overview {
      let foot = hasKeys && height >= 16 ? [Self.keys(model)] : []
      let view = LiveView(
        run: model.run, layout: layout, maximumLines: height - foot.count,
        surroundings: model.surroundings)
      let shown = view.lines(overview, events: model.events, chosen: model.chosen)
      let gap = max(height - foot.count - shown.count, 0)
      lines =
        shown
        + (foot.isEmpty ? [] : Array(repeating: "", count: gap) + foot.map { $0.fitted(layout) })
      page = nil
      return
    }
    let head = LiveView(run: model.run, layout: layout, surroundings: model.surroundings)
      .header(overview)[0]
    var text = LivePage(model, overview, layout).lines
    if !model.filter.isEmpty {
      let wanted = model.filter.lowercased()
      text = text.filter { $0.lowercased().contains(wanted) }
    }
    let room = height - 3
    let isFromEnd = model.page == .events
    let most = max(text.count - room, 0)
    let scroll = min(model.scroll, most)
    let start = isFromEnd ? most - scroll : scroll
    let shown = Array(text[start..<min(start + room, text.count)])
    let filler = Array(repeating: "", count: room - shown.count)
    lines =
      [head.fitted(layout), Self.title(model, text.count, start, shown.count).fitted(layout)]
      + shown + filler + [Self.keys(model).fitted(layout)]
    page = PageSize(room: room, length: text.count)
  }

  private static func title(
    _ model: LiveModel, _ length: Int, _ start: Int, _ count: Int
  ) -> StyledLine {
    var line = StyledLine(LivePage.title(model), .title)
    if model.isTyping || !model.filter.isEmpty {
      line.add("  with ", .faint)
      line.add(model.filter + (model.isTyping ? "_" : ""), .command)
    }
    if count < length {
      line.add("  lines \(start + 1) to \(start + count) of \(length)", .faint)
    }
    return line
  }

  private static func keys(_ model: LiveModel) -> StyledLine {
    if let notice = model.notice { return StyledLine(notice, .person) }
    if model.isTyping {
      return StyledLine("type what lines must hold, enter keeps it, esc takes it away", .faint)
    }
    return StyledLine(
      model.page == .overview
        ? "q leave  ? keys  j/k choose  enter step  ! asked  w waits  g gates  s clients  e events"
        : "q leave  esc back  j/k scroll  / find  ? keys", .faint)
  }
}
