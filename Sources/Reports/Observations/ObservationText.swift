import PlanModel
package import RotationEngine

/// What was seen of the sites of a plan before a rotation, for people.
package enum ObservationText {
  /// The page.
  ///
  /// - Parameters:
  ///   - sites: What came of the last look at each site.
  ///   - plan: The plan's name.
  ///   - layout: The width and the means of the terminal.
  /// - Returns: The lines, each with a line feed
  package static func page(
    _ sites: [SiteObservation], of plan: String, layout: TextLayout = TextLayout()
  ) -> String {
    var text = ReportText(layout)
    let isWhole = sites.allSatisfy { $0.sight.isConclusive }
    text.rule("Observation of \(plan)", isWhole ? .good : .trouble)
    text.prose("Nothing was changed at any site.", indent: 0)
    for site in sites { add(site, to: &text) }
    return text.text
  }

  /// A line that is shown where a look at a site came to nothing; nil where it did not.
  package static func trouble(_ site: SiteObservation, at now: Instant) -> String? {
    guard case .trouble(let reason) = site.sight else { return nil }
    return "\(Wording.second(now))  \(site.site) could not be looked at: \(reason)"
  }

  private static func add(_ site: SiteObservation, to text: inout ReportText) {
    text.heading(site.site)
    switch site.sight {
    case .noAPI:
      fact("not seen", "The plan has no `api` for it.", &text, .trouble)
    case .trouble(let reason):
      fact("not seen", reason, &text, .trouble)
    case .seen(let clients):
      fact(
        "clients",
        "\(Wording.number(clients.clients)), \(Wording.number(clients.online)) of them online at "
          + Wording.minute(clients.at), &text)
      fact("seen last", ages(clients), &text)
    }
    add(site.hours, to: &text)
    if case .seen(let clients) = site.sight, let outlook = clients.outlook {
      add(outlook, at: clients.at, to: &text)
    }
  }

  private static func fact(
    _ name: String, _ words: String, _ text: inout ReportText, _ meaning: Palette.Meaning? = nil
  ) {
    text.fact(name, words, indent: 2, width: 11, meaning)
  }

  private static func ages(_ clients: ObservedClients) -> String {
    zip(ObservedClients.Age.allCases, clients.ages).filter { $1 > 0 }.map { age, count in
      "\(Wording.number(count)) \(age.words)"
    }.joined(separator: ", ")
  }

  // MARK: - Contacts

  private static func add(_ hours: ContactHours, to text: inout ReportText) {
    guard let bounds = hours.bounds else {
      return fact("contacts", "No hour was watched as a whole yet.", &text)
    }
    let week = hours.week()
    let known = week.count { $0 != nil }
    fact(
      "contacts",
      "\(Wording.count(hours.counts.count, "hour")) watched since "
        + "\(Wording.minute(ContactHours.begin(of: bounds.lowerBound))), the last until "
        + "\(Wording.minute(ContactHours.begin(of: bounds.upperBound + 1))): \(known) of the \(week.count) hours of a "
        + "week are known" + (known < week.count ? ", too few for a whole baseline." : "."), &text)
    var table = TextTable(
      [.init(title: "UTC")]
        + ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"].map {
          .init(title: $0, isNumber: true)
        })
    for hour in 0..<24 {
      let row = (0..<7).map { week[$0 * 24 + hour] }
      guard row.contains(where: { $0 != nil }) else { continue }
      table.add(
        [.init((hour < 10 ? "0" : "") + "\(hour):00")]
          + row.map { .init($0.map(Wording.number) ?? "-") })
    }
    text.prose("Contacts of each hour, as the mean of the weeks:", indent: 2)
    text.add(table.lines(indent: 4, text.layout))
  }

  // MARK: - The wait to come

  private static func add(
    _ outlook: ObservedClients.Outlook, at now: Instant, to text: inout ReportText
  ) {
    let isLate = outlook.reachedAfter > outlook.deadline
    fact(
      "a wait",
      "The wait `\(outlook.wait.rawValue)` would count \(Wording.count(outlook.counted, "client")) and reach its "
        + "thresholds after \(Wording.duration(outlook.reachedAfter)), if clients come as they came until now; "
        + (isLate ? "that is later than its deadline of " : "its deadline is ")
        + "\(Wording.duration(outlook.deadline)).", &text, isLate ? .trouble : nil)
    let all = outlook.pending + outlook.stale + outlook.excluded
    guard all > 0 else { return fact("left", "It would leave nobody behind.", &text) }
    fact(
      "left",
      "It would leave \(Wording.count(all, "client")) behind: \(Wording.number(outlook.pending)) that come later, "
        + "\(Wording.number(outlook.stale)) that were not seen for too long to be counted, "
        + "\(Wording.number(outlook.excluded)) that the plan excludes.", &text)
    StragglersTable.add(outlook.leftBehind, at: now, to: &text)
    if all > outlook.leftBehind.count {
      text.prose("And \(Wording.number(all - outlook.leftBehind.count)) more.", indent: 4)
    }
  }
}

extension SiteObservation.Sight {
  /// Whether the site answered, or there is nothing to ask.
  fileprivate var isConclusive: Bool {
    if case .trouble = self { false } else { true }
  }
}

extension ObservedClients.Age {
  fileprivate var words: String {
    switch self {
    case .hour: "in the last hour"
    case .day: "in the last day"
    case .week: "in the last week"
    case .month: "in the last 30 days"
    case .longer: "longer ago"
    case .never: "never"
    }
  }
}
