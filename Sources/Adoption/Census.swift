import PlanModel
import PlanText
package import RotationEngine
package import SEPMClient

/// The clients of one site as its list of computers tells of them, and how many of them have adopted a change.
///
/// It follows the list: every row once, then those that changed since. Times are the server's, in milliseconds since
/// 1970; the local clock has no place here.
package struct Census: Sendable {
  /// A row and what is known of it beside.
  struct Entry: Sendable {
    var row: Computer
    var machine: Machine
    var rule: ClientRules.Rule

    /// The listing that had it last.
    var listing: Int

    /// Whether the last whole listing did not have it.
    var hasVanished = false

    /// Whether it was seen once after a contact with a server that must show that it trusts the new certificate.
    var hasShownTrust = false

    /// The first contact after the change that was seen; nil for none.
    var changedSince: Int64?

    /// Whether another row of the same machine counts.
    var isDuplicate = false

    /// Whether the machine belongs to the denominator.
    var isFrozen = false
  }

  /// Whose clients are counted.
  package let scope: CensusScope

  /// What a client must show. Markers may be set anew while a wait goes on: groups are made meanwhile.
  package var criterion: AdoptionCriterion

  /// When the wait began.
  package let startedAt: Int64

  /// The denominator: given by an earlier stay, else set by the first count.
  package private(set) var frozen: FrozenClients?

  /// The latest contact of any row: where an incremental listing goes on.
  package private(set) var lastContact: Int64 = 0

  /// How many rows came or changed, or vanished: what somebody who keeps them has to write anew.
  package private(set) var changes = 0

  private(set) var entries: [Entry] = []

  /// Machines of the denominator of which the last whole listing had no row at all.
  private(set) var missing: [FrozenClients.Member] = []

  private var positions: [SEPMID: Int] = [:]
  private var frozenMachines: Set<Machine> = []
  private var rules: ClientRules
  private var listing = 0
  private var areMachinesKnown = true

  /// A census of nobody yet.
  ///
  /// - Parameters:
  ///   - scope: Whose clients are counted.
  ///   - criterion: What a client must show.
  ///   - startedAt: When the wait began, by the server.
  ///   - frozen: The denominator of a wait that began in an earlier stay.
  package init(
    _ scope: CensusScope, criterion: AdoptionCriterion, startedAt: Int64,
    frozen: FrozenClients? = nil
  ) {
    self.scope = scope
    self.criterion = criterion
    self.startedAt = startedAt
    self.frozen = frozen
    frozenMachines = Set(frozen?.members.map(\.machine) ?? [])
    rules = ClientRules(scope.policy)
  }

  /// How many rows there are.
  package var rowCount: Int { entries.count }

  /// Goes on with what an earlier stay kept, before the first listing.
  package mutating func take(_ kept: KeptCensus) {
    beginListing()
    for kept in kept.rows {
      take(kept.row)
      guard let position = positions[kept.row.id] else { continue }
      if kept.hasVanished { entries[position].hasVanished = true }
      if kept.hasShownTrust { entries[position].hasShownTrust = true }
    }
    changes = 0
  }

  /// Begins a listing of all rows: those that it does not have are gone at its end.
  package mutating func beginListing() { listing += 1 }

  /// When a client that is known was last seen; nil for one that is not.
  package func lastContact(of id: SEPMID) -> Int64? {
    positions[id].map { entries[$0].row.contact }
  }

  /// Takes a row of a listing, or one that changed since.
  package mutating func take(_ row: Computer) {
    lastContact = max(lastContact, row.contact)
    guard let position = positions[row.id] else {
      changes += 1
      positions[row.id] = entries.count
      entries.append(
        Entry(
          row: row, machine: Machine(of: row), rule: rules.rule(for: row), listing: listing,
          hasShownTrust: showsTrust(row), changedSince: contactAfterChange(row)))
      areMachinesKnown = false
      return
    }
    let before = entries[position]
    entries[position].listing = listing
    guard before.row != row || before.hasVanished else { return }
    changes += 1
    entries[position].row = row
    entries[position].rule = rules.rule(for: row)
    entries[position].hasVanished = false
    entries[position].hasShownTrust = before.hasShownTrust || showsTrust(row)
    if before.changedSince == nil { entries[position].changedSince = contactAfterChange(row) }
    if before.row.name != row.name || before.row.hardwareKey != row.hardwareKey {
      entries[position].machine = Machine(of: row)
    }
    // Which row of a machine counts depends on the last contacts too, but only where it has several.
    if before.machine != entries[position].machine || before.hasVanished
      || before.row.isDeleted != row.isDeleted || hasNamesakes
    {
      areMachinesKnown = false
    }
  }

  /// Ends a listing of all rows.
  ///
  /// - Parameter isWhole: Whether it had as many rows as the server says there are. A deletion between two pages shifts
  ///   the rest by one, so a listing may miss rows that are there (`docs/SEPM.md`, "Paging"): where it is not whole,
  ///   nothing is taken for gone.
  package mutating func endListing(isWhole: Bool) {
    guard isWhole else { return }
    for position in entries.indices
    where entries[position].listing != listing && !entries[position].hasVanished {
      entries[position].hasVanished = true
      changes += 1
    }
    areMachinesKnown = false
  }

  /// The count at this time by the server.
  package mutating func count(at time: Int64) -> AdoptionCount {
    identifyMachines()
    let cohorts = scope.policy.cohorts
    var counted = [Int](repeating: 0, count: cohorts.count)
    var adopted = counted
    var count = AdoptionCount(
      counted: 0, adopted: 0, pendingOnline: 0, pendingOffline: 0, stale: 0, excluded: 0)
    var keptOfFrozen = 0
    for entry in entries where counts(entry) {
      guard !entry.rule.isExcluded else {
        if !entry.hasVanished, !entry.row.isDeleted { count.excluded += 1 }
        continue
      }
      let standing = standing(of: entry, at: time)
      switch standing {
      case .gone: continue
      case .stale:
        count.stale += 1
        continue
      case .adopted: count.adopted += 1
      case .pending(isOnline: true): count.pendingOnline += 1
      case .pending(isOnline: false): count.pendingOffline += 1
      }
      if entry.isFrozen { keptOfFrozen += 1 } else { count.joined += 1 }
      for cohort in entry.rule.cohorts {
        counted[cohort] += 1
        if standing == .adopted { adopted[cohort] += 1 }
      }
    }
    for member in missing where !isExplained(member, at: time) {
      count.pendingOffline += 1
      keptOfFrozen += 1
    }
    count.counted = count.adopted + count.pendingOnline + count.pendingOffline
    count.removed = max(frozenMachines.count - keptOfFrozen, 0)
    count.cohorts = cohorts.indices.map {
      .init(name: cohorts[$0].name.value, counted: counted[$0], adopted: adopted[$0])
    }
    return count
  }

  /// Where a client stands.
  enum Standing: Equatable {
    /// Deleted, or purged as idle.
    case gone

    /// Not seen for as long as the policy counts clients.
    case stale
    case adopted
    case pending(isOnline: Bool)
  }

  /// Whether a row is the one of its machine, and the machine one of this site's.
  func counts(_ entry: Entry) -> Bool { !entry.isDuplicate && scope.isOwn(entry.row) }

  func standing(of entry: Entry, at time: Int64) -> Standing {
    let row = entry.row
    if row.isDeleted || entry.hasVanished && isPurged(row.contact, at: time) { return .gone }
    // One that vanished without an explanation is waited for, whatever it had: somebody may have deleted it to make the
    // share look better.
    if !entry.hasVanished, hasAdopted(entry) { return .adopted }
    if isStale(row.contact, at: time) { return .stale }
    return .pending(isOnline: row.isOnline && !entry.hasVanished)
  }

  /// Whether a client shows all that it must. Clients of a site go from server to server, so one that was seen with a
  /// changed server may be seen with another now (`docs/SEPM.md`, "What counts as adopted").
  private func hasAdopted(_ entry: Entry) -> Bool {
    switch criterion.obstacle(of: entry.row) {
    case nil: true
    case .otherServer: entry.hasShownTrust
    default: false
    }
  }

  private func contactAfterChange(_ row: Computer) -> Int64? {
    row.contact > criterion.changedAt ? row.contact : nil
  }

  private func showsTrust(_ row: Computer) -> Bool {
    criterion.needsChangedServer && criterion.obstacle(of: row) == nil
  }

  /// Whether a machine of the denominator without a row may be left out of the count.
  func isExplained(_ member: FrozenClients.Member, at time: Int64) -> Bool {
    isPurged(member.lastContact, at: time) || isStale(member.lastContact, at: time)
  }

  private func isPurged(_ lastContact: Int64, at time: Int64) -> Bool {
    scope.purgesAfter.map { lastContact < time - $0 } ?? false
  }

  private func isStale(_ lastContact: Int64, at time: Int64) -> Bool {
    lastContact < time - scope.policy.activeWithin.value.milliseconds
  }

  // MARK: - Machines

  /// Whether any machine has several rows.
  private var hasNamesakes = false

  /// Finds out which rows are of one machine, and which machines belong to the denominator.
  mutating func identifyMachines() {
    guard !areMachinesKnown else { return }
    areMachinesKnown = true
    let winners = findDuplicates()
    if frozen == nil { freeze() }
    for position in entries.indices {
      entries[position].isFrozen = frozenMachines.contains(entries[position].machine)
    }
    for (duplicate, winner) in winners where entries[duplicate].isFrozen {
      entries[winner].isFrozen = true
    }
    findMissing()
  }

  /// The first count sets the denominator: everybody who was seen within the policy's window before the wait began.
  private mutating func freeze() {
    let members = entries.filter { entry in
      counts(entry) && !entry.row.isDeleted && !entry.rule.isExcluded && !entry.hasVanished
        && !isStale(entry.row.contact, at: startedAt)
    }
    let frozen = FrozenClients(
      members.map { .init(machine: $0.machine, lastContact: $0.row.contact) })
    self.frozen = frozen
    frozenMachines = Set(frozen.members.map(\.machine))
  }

  /// Looks for machines of the denominator that have no row. One that was renamed has a row with its hardware key that
  /// belongs to no other machine of the denominator.
  private mutating func findMissing() {
    missing.removeAll(keepingCapacity: true)
    guard let frozen, listing > 0 else { return }
    let present = Set(entries.lazy.map(\.machine))
    let absent = frozen.members.filter { !present.contains($0.machine) }
    guard !absent.isEmpty else { return }
    var newcomers: [SEPMID: [Int]] = [:]
    for position in entries.indices where !entries[position].isFrozen {
      guard let key = entries[position].machine.hardwareKey else { continue }
      newcomers[key, default: []].append(position)
    }
    for member in absent {
      if let key = member.machine.hardwareKey, let renamed = newcomers[key]?.popLast() {
        entries[renamed].isFrozen = true
      } else {
        missing.append(member)
      }
    }
  }

  /// Marks the rows of machines of which another row counts. Two rows of one hardware key and name are one machine. Two of
  /// one name are one where the first was never seen again after the second was made: a machine that was installed anew.
  /// Where both are seen, they are two machines that are called the same.
  ///
  /// - Returns: For each duplicate the row that counts.
  private mutating func findDuplicates() -> [(duplicate: Int, winner: Int)] {
    var latest: [String: Int] = [:]
    latest.reserveCapacity(entries.count)
    var others: [Int] = []
    for position in entries.indices {
      entries[position].isDuplicate = false
      guard !entries[position].row.isDeleted else { continue }
      let name = entries[position].machine.name
      guard let known = latest[name] else {
        latest[name] = position
        continue
      }
      let isLater = entries[position].row.contact > entries[known].row.contact
      if isLater { latest[name] = position }
      others.append(isLater ? known : position)
    }
    hasNamesakes = !others.isEmpty
    var result: [(duplicate: Int, winner: Int)] = []
    for position in others {
      guard let winner = latest[entries[position].machine.name] else { continue }
      let (row, last) = (entries[position].row, entries[winner].row)
      let isSameKey = row.hardwareKey != nil && row.hardwareKey == last.hardwareKey
      let isReplaced = last.created.map { row.contact <= $0.milliseconds } ?? false
      guard isSameKey || isReplaced else { continue }
      entries[position].isDuplicate = true
      result.append((position, winner))
    }
    return result
  }
}

extension Computer {
  /// Its last contact in the server's milliseconds since 1970; 0 for never.
  var contact: Int64 { lastContact?.milliseconds ?? 0 }
}
