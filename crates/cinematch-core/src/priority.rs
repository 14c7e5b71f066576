//! Work that waits for everything else on the machine.

/// Lowers the priority of the calling thread for the rest of its life (Linux only). Best effort: the work is done as well without it.
pub fn give_way() {
    /// Half way to the lowest priority.
    #[cfg(target_os = "linux")]
    const NICE: libc::c_int = 10;
    // SAFETY: plain numbers. On Linux, 0 is the calling thread, not its process. A refusal changes nothing that matters.
    #[cfg(target_os = "linux")]
    unsafe {
        libc::setpriority(libc::PRIO_PROCESS, 0, NICE);
    }
}
