package import CanonicalJSON
import PlanModel
import RotationEngine

extension Scenario {
  /// 32 hexadecimal digits that change with anything that changes the world; the crash is none of it,
  /// so that a crashed run resumes without it.
  package var digest: String {
    let text = String(decoding: Self.bytes(of: json), as: UTF8.self)
    return Chance.hexadecimal(of: Chance.number(of: text), words: 2)
  }

  /// Everything that makes the world, in a fixed order.
  package var json: JSONValue {
    .object(
      [
        .init("start", .string(start.description)),
        .init("clientsPerSite", .integer(Int64(clientsPerSite))),
        .init("heartbeat", Self.json(heartbeat)),
        .init("retired", Self.json(retired)),
        .init("servers", Self.json(habits.servers)),
        .init("desktops", Self.json(habits.desktops)),
        .init("laptops", Self.json(habits.laptops)),
        .init(
          "holidays",
          .array([
            Self.json(habits.holidays.share), Self.json(habits.holidays.shortest),
            Self.json(habits.holidays.longest),
          ])),
        .init(
          "absences",
          .array(
            absences.map {
              .array([Self.json($0.share), Self.json($0.since), Self.json($0.back)])
            })),
        .init(
          "operator",
          .array([
            Self.json(`operator`.quickest), Self.json(`operator`.slowest),
            Self.json(`operator`.opens), Self.json(`operator`.closes), .bool(`operator`.isAbsent),
          ])),
        .init("faults", Self.json(faults)),
      ]
        + (patchNights.map {
          // Only where there are some: worlds from before there were any keep their digest.
          [
            .init(
              "patchNights",
              .array([
                Self.json($0.share), Self.json($0.first), .integer(Int64($0.days)),
              ]))
          ]
        } ?? []))
  }

  private static func bytes(of value: JSONValue) -> [UInt8] {
    var writer = JSONWriter()
    writer.value(value)
    return writer.bytes
  }

  private static func json(_ duration: Duration) -> JSONValue { .integer(duration.milliseconds) }

  private static func json(_ share: Share) -> JSONValue { .integer(Int64(share.millionths)) }

  private static func json(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  private static func json(_ habit: Habit) -> JSONValue {
    .array([
      json(habit.share), json(habit.alwaysOn), json(habit.weekdays), json(habit.weekends),
      json(habit.occasional), json(habit.occasionalWeekdays), json(habit.rare),
      json(habit.rareWeekdays), json(habit.begins), json(habit.beginsWithin), json(habit.lasts),
      json(habit.lastsWithin), .bool(habit.isSeenEveryWeek),
    ])
  }

  private static func json(_ fault: ServiceFault?) -> JSONValue {
    fault.map {
      .array([json($0.server), .string($0.service.rawValue), .integer(Int64($0.tries))])
    } ?? .null
  }

  private static func json(_ faults: Faults) -> JSONValue {
    .array(
      [
        json(faults.serviceDoesNotStart), json(faults.missedRestart),
        faults.missedGroup.map { .array([json($0.site), json($0.group)]) } ?? .null,
        faults.gateNotDone.map { .array([json($0.site), .string($0.action.rawValue)]) } ?? .null,
        faults.prematureSwap.map { .array([json($0.site), json($0.server), json($0.after)]) }
          ?? .null,
        faults.apiTrouble.map { .array([json($0.steps), json($0.polls)]) } ?? .null,
        faults.replicationFailure.map { .array([.integer(Int64($0.tries)), json($0.lasting)]) }
          ?? .null,
        faults.clockSkew.map { .array([json($0.site), json($0.ahead)]) } ?? .null,
        faults.serialDrift.map { .array([json($0.every)]) } ?? .null,
        faults.purge.map { .array([json($0.unseenFor)]) } ?? .null,
        faults.joins.map { .array([json($0.share), json($0.over)]) } ?? .null,
        faults.oldAgents.map { .array([json($0.site), json($0.share)]) } ?? .null,
      ] + (faults.blindProbe.map { [.array([json($0.site), .string($0.action.rawValue)])] } ?? [])
        + (faults.ignoredChange.map { [.array([json($0.site), .string($0.path)])] } ?? []))
  }
}
