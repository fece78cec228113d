import DocumentForm
import PlanModel
import PlanText

extension Form where Value == [Partnership] {
  /// The section `replication`.
  static let partnerships: Form = .list(
    of: .partnership, "a list of partnerships",
    example: "[{ sites: [paris, berlin], authority: paris }]",
    count: 0...Int.max)
}

extension Form where Value == Partnership {
  fileprivate static let partnership: Form = Form.object(
    "a partnership", example: "{ sites: [paris, berlin], authority: paris }",
    .required(
      "sites",
      .list(
        of: .siteName, "the two sites that replicate", example: "[paris, berlin]",
        count: 2...2),
      "The two sites that replicate with each other."),
    .defaulted(
      "break", .waysToBreak,
      "How replication is broken: 'delete' removes the partner on both sides and adds it again "
        + "afterwards, when everything is replicated again; 'reschedule' moves the schedule out of "
        + "the way, which holds for less than seven days.",
      default: Located(.delete), documentedDefault: "delete"),
    .optional(
      "authority", .siteName,
      "The site whose data wins when a deleted partnership is restored. Required with 'delete'.")
  ) { place, sites, breaking, authority in
    Partnership(sites: sites, breaking: breaking, authority: authority, span: place.span)
  }.named("partnership")
}

extension Form where Value == Located<Partnership.Break> {
  /// 'suspend' was a word of the language while rescheduling was thought to hold for weeks.
  fileprivate static let waysToBreak: Form = .scalar(
    .choice(
      "a way to break replication", of: Partnership.Break.self,
      former: [
        "suspend": .init(
          "reschedule",
          help: "Write 'delete' and name the 'authority', or 'reschedule' if the break lasts less "
            + "than seven days at worst.")
      ]))
}

extension Form where Value == Strategy {
  /// The section `strategy`.
  static let strategy: Form = .object(
    "a strategy", example: "{ method: suspend-verification }",
    .defaulted(
      "method", .method,
      "How a site is rotated: 'suspend-verification' is the vendor's procedure for any site; "
        + "'failover' rotates one server after the other and needs at least two servers in the site.",
      default: Located(.suspendVerification), documentedDefault: "suspend-verification"),
    .optional(
      "waves",
      .list(
        of: .list(of: .siteName, "a list of sites", example: "[paris, berlin]", count: 0...Int.max),
        "a list of waves, each a list of sites", example: "[[paris], [berlin]]"),
      "Which sites are rotated together, wave after wave. The default is one wave of all sites."),
    .defaulted(
      "serversAtOnce", .integer("a number of servers", in: 0...10_000, example: 1),
      "How many servers of one site are changed at once.", default: Located(1),
      documentedDefault: "1")
  ) { _, method, waves, serversAtOnce in
    Strategy(method: method, waves: waves, serversAtOnce: serversAtOnce)
  }
}

extension Form where Value == Located<String> {
  /// The name of a site, where another part refers to it.
  static let siteName: Form = .scalar(.name.called("the name of a site", examples: ["paris"]))
}
