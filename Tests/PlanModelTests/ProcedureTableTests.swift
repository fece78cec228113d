import PlanModel
import Testing

@Suite("The table of the procedure makes sense by itself")
struct ProcedureTableTests {
  @Test(
    "What is opened is closed by one action on targets of the same kind",
    arguments: Opening.allCases)
  func openings(opening: Opening) throws {
    let openers = Action.allCases.filter { $0.opens == opening }
    let closers = Action.allCases.filter { $0.closes == opening }
    #expect(!openers.isEmpty)
    #expect(closers.count == 1)
    let closer = try #require(closers.first)
    for opener in openers { #expect(opener.targetKind == closer.targetKind, "\(opener)") }
  }

  @Test(
    "What changes the estate is taken back on the same target or not at all",
    arguments: Action.allCases)
  func reversals(action: Action) {
    if action.effect.isMutating {
      #expect((action.reversal != nil) != action.isPointOfNoReturn)
    } else {
      #expect(action.reversal == nil && !action.isPointOfNoReturn)
    }
    guard let reversal = action.reversal else { return }
    #expect(reversal.targetKind == action.targetKind)
    #expect(reversal.effect.isMutating)
    // What takes something back is taken back by it, where it can be at all.
    #expect(reversal.reversal == action || reversal.isPointOfNoReturn)
  }

  @Test(
    "Every wait of the language is one action, which counts and changes nothing",
    arguments: WaitKind.allCases)
  func waits(kind: WaitKind) throws {
    let actions = Action.allCases.filter { $0.waitKind == kind }
    let action = try #require(actions.first)
    #expect(actions.count == 1)
    #expect(action.effect == .wait && action.isObserved && action.usualChannel == .probe)
    #expect(action.work == (.zero, .zero))
    guard case .always = action.protection else {
      Issue.record("nothing protects the clients that \(action) waits for")
      return
    }
  }

  @Test("Channels, effects and durations agree", arguments: Action.allCases)
  func columns(action: Action) {
    #expect((action.effect == .wait) == (action.waitKind != nil))
    #expect((action.usualChannel == .probe) == !action.effect.isMutating)
    if action.isObserved { #expect(action.usualChannel == .probe) }
    if action.usualChannel == .api { #expect(action.hasEndpoint) }
    if action.isConsolesOnly { #expect(!action.hasEndpoint && action.usualChannel == .operator) }
    #expect(action.work.expected <= action.work.worst)
    if action.waitKind == nil { #expect(action.work.expected > .zero) }
  }

  @Test("Texts are what they are put behind", arguments: Action.allCases)
  func texts(action: Action) {
    #expect(action.purpose.first?.isUppercase == true && action.purpose.hasSuffix("."))
    #expect(action.lack.first?.isLowercase == true && action.lack.hasSuffix("."))
    for follower in Action.allCases {
      let reason = action.reasonToWait(in: follower)
      #expect(reason.hasPrefix("so that ") && !reason.hasSuffix("."))
    }
    switch action.protection {
    case .never: break
    case .always(let danger), .untilUpdate(let danger), .onceFailed(let danger):
      #expect(danger.first?.isLowercase == true && !danger.hasSuffix("."))
    }
  }
}
