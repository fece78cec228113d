import PlanText
package import RotationEngine
import RotationGraph

/// What a live view shows: a run as it was last seen, and what the person who looks has chosen.
///
/// Nothing in here acts on a run.
package struct LiveModel: Sendable {
  /// What is looked at.
  package enum Page: Sendable, Equatable {
    case overview
    case waits
    case gates
    case stragglers
    case events
    case needs
    case help
    case step(Int)
  }

  /// What a key asks of whoever holds the terminal.
  package enum Wish: Sendable, Equatable {
    /// To end.
    case leave

    /// To draw everything anew.
    case redraw

    /// To keep the frame as a file.
    case save
  }

  /// The run's id.
  package let run: String

  /// The fold of its journal.
  package var state: RunState

  /// The time by the run's clock.
  package var now: Instant

  /// Who works on it, what was asked of it, and which commands reach it.
  package var surroundings: RunSurroundings

  /// For the waits under way the clients that hold them back; nil where nobody has asked yet.
  package var stragglers: [Int: Stragglers]?

  /// What is said in the last line until the next key.
  package var notice: String?

  /// The last events, oldest first.
  private(set) var events: [RunEvent]

  private(set) var page = Page.overview
  /// The step that is chosen in the overview.
  private(set) var chosen: Int?
  /// How far a page is scrolled up from its end, or down from its start.
  private(set) var scroll = 0
  private(set) var filter = ""
  private(set) var isTyping = false
  private var pageHeight = 10
  private var pageLength = 0

  /// How many events are kept to be looked at.
  package static let eventCount = 500

  /// A view of a run that begins with the overview.
  package init(
    run: String, state: RunState, now: Instant, surroundings: RunSurroundings = RunSurroundings(),
    events: [RunEvent] = []
  ) {
    self.run = run
    self.state = state
    self.now = now
    self.surroundings = surroundings
    self.events = events
  }

  /// Adds an event that came.
  package mutating func add(_ event: RunEvent) {
    events.append(event)
    if events.count > 2 * Self.eventCount { events.removeFirst(events.count - Self.eventCount) }
  }

  /// Whether the names of the clients that hold waits back are looked at.
  package var wantsStragglers: Bool { page == .stragglers }

  /// Takes a key.
  package mutating func take(_ key: LiveKey) -> Wish? {
    notice = nil
    if isTyping {
      type(key)
      return nil
    }
    switch key {
    case .character("q"): return .leave
    case .redraw: return .redraw
    case .save: return .save
    case .character("?"): show(.help)
    case .character("w"): show(.waits)
    case .character("g"): show(.gates)
    case .character("s"): show(.stragglers)
    case .character("e"): show(.events)
    case .character("!"): show(.needs)
    case .character("/"):
      if page == .overview { show(.events) }
      (isTyping, filter, scroll) = (true, "", 0)
    case .back, .character("h"):
      if filter.isEmpty { show(.overview) } else { (filter, scroll) = ("", 0) }
    case .enter:
      if page == .overview, let step = chosen ?? choices.first { show(.step(step)) }
    case .down, .character("j"): move(by: 1)
    case .up, .character("k"): move(by: -1)
    case .pageDown, .character(" "): move(by: pageHeight)
    case .pageUp: move(by: -pageHeight)
    case .home: move(by: -pageLength)
    case .end: move(by: pageLength)
    case .character, .erase: break
    }
    return nil
  }

  private mutating func show(_ next: Page) {
    page = page == next ? .overview : next
    (scroll, filter) = (0, "")
  }

  private mutating func type(_ key: LiveKey) {
    switch key {
    case .character(let character) where filter.count < 60: filter.append(character)
    case .erase: filter = String(filter.dropLast())
    case .back: (isTyping, filter) = (false, "")
    case .enter: isTyping = false
    default: break
    }
    scroll = 0
  }

  private mutating func move(by lines: Int) {
    guard page == .overview else {
      // Events are read from their end.
      let isFromEnd = page == .events
      scroll = min(max(scroll + (isFromEnd ? -lines : lines), 0), max(pageLength - pageHeight, 0))
      return
    }
    let choices = choices
    guard !choices.isEmpty else { return }
    let place = chosen.flatMap { choices.firstIndex(of: $0) }
    let next = place.map { $0 + lines } ?? (lines > 0 ? 0 : choices.count - 1)
    chosen = choices[min(max(next, 0), choices.count - 1)]
  }

  /// The steps that the overview shows, in its order.
  private var choices: [Int] { LiveBody.steps(of: overview) }

  var overview: RunOverview {
    RunOverview(run: run, state: state, now: now, surroundings: surroundings)
  }

  /// The lines of a terminal.
  ///
  /// - Parameters:
  ///   - layout: How text is laid out on it.
  ///   - height: Its lines.
  /// - Returns: At most so many lines, none of them wider than the layout.
  package mutating func frame(_ layout: TextLayout, height: Int) -> [String] {
    if chosen.map({ !choices.contains($0) }) == true { chosen = nil }
    let frame = LiveFrame(self, layout, height: height)
    if let text = frame.page {
      (pageHeight, pageLength) = (text.room, text.length)
      scroll = min(scroll, max(pageLength - pageHeight, 0))
    }
    return frame.lines
  }

  /// The overview as it stays on the terminal once nobody looks any more.
  package func lastFrame(_ layout: TextLayout, height: Int) -> [String] {
    var last = self
    (last.page, last.chosen, last.notice, last.isTyping) = (.overview, nil, nil, false)
    return LiveFrame(last, layout, height: height, hasKeys: false).lines
  }
}
