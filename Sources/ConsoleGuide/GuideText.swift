import PlanModel

/// What one language says, as data: an entry for every action, and the words between them.
struct GuideTexts: Sendable {
  /// For each action by its position what there is to say.
  let actions: [Action: GuideText]

  /// Headings and phrases.
  let words: GuideWords

  /// The texts of all subjects together; an action belongs to one of them.
  init(_ subjects: [[Action: GuideText]], _ words: GuideWords) {
    actions = subjects.reduce(into: [:]) { all, subject in
      all.merge(subject) { first, _ in first }
    }
    self.words = words
  }
}

/// What there is to say of one action.
struct GuideText: Sendable {
  /// What is done to what, as a heading.
  let title: String

  /// What a person does, one thing a line.
  let actions: [GuideLine]

  /// What the screen shows when it was done.
  var look: [GuideLine] = []

  /// How to tell that it worked, from outside.
  let proof: [GuideLine]

  /// What to do where it did not.
  let trouble: [GuideLine]

  /// All lines in the order in which they are read.
  var lines: [GuideLine] { actions + look + proof + trouble }
}

/// One line of a text, with placeholders such as `{server}`.
///
/// Both languages have the same lines under the same conditions; a test holds them to it. No placeholder
/// stands in backquotes: what fills it is quoted by who prints it.
struct GuideLine: Sendable, ExpressibleByStringLiteral {
  let text: String
  var condition = GuideCondition.always
  var repetition = GuideRepetition.once

  init(stringLiteral text: String) {
    self.text = text
  }

  private init(_ text: String, _ condition: GuideCondition, _ repetition: GuideRepetition) {
    self.text = text
    self.condition = condition
    self.repetition = repetition
  }

  /// A line that is there only where something is so.
  static func when(_ condition: GuideCondition, _ text: String) -> GuideLine {
    GuideLine(text, condition, .once)
  }

  /// A line for each of several.
  static func each(_ repetition: GuideRepetition, _ text: String) -> GuideLine {
    GuideLine(text, .always, repetition)
  }

  /// A line for each of several, only where something is so.
  static func each(
    _ repetition: GuideRepetition, when condition: GuideCondition, _ text: String
  ) -> GuideLine {
    GuideLine(text, condition, repetition)
  }
}

/// When a line is there.
enum GuideCondition: Sendable, CaseIterable {
  case always

  // Of a site.
  case severalServers
  case oneServer
  case recorded
  case unrecorded
  case suspends
  case hasAPI
  case withoutAPI

  // Of a certificate.
  case fromPKCS12
  case fromJKS
  case fromPEM
  case fromDER
  case hasPassword
  case isPinned
  case isUnpinned

  // Of a partnership.
  case deletes
  case reschedules
  case dated
  case undated

  // Of a wait.
  case holds
  case fails
  case proceeds
}

/// For what a line is there several times.
enum GuideRepetition: Sendable, CaseIterable {
  case once

  /// For each server of the site.
  case server

  /// For each side of a partnership.
  case side

  /// For each part of what was recorded of a site's lists.
  case recordedList

  /// For each part of what was recorded of a site's verification.
  case recordedVerification

  /// For each cohort of a wait.
  case cohort

  /// For each rule by which a wait leaves clients out.
  case exclusion
}

/// What a placeholder stands for; the names are those in the braces.
enum GuideField: String, Sendable, CaseIterable {
  case plan

  // Of a site.
  case site
  case servers
  case console
  case domain

  // Of a server.
  case server
  case address
  case ports
  case others
  case version
  case upgrade

  // Of a certificate.
  case certificate
  case fingerprint
  case file
  case key
  case secret

  // Of a partnership.
  case sites
  case side
  case partner
  case authority
  case other
  case authorityServer
  case authorityAddress
  case authorityPort
  case longest
  case until

  // Of a record.
  case list
  case verification
  case places

  // Of a wait.
  case adopted
  case minimum
  case deadline
  case holdFor
  case every
  case activeWithin
  case floor
  case cohort
  case cohortShare
  case excluded
  case reason
}
