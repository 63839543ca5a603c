/* The floor of a call from Java into C: a function that takes what MPI_Comm_rank takes and does nothing. */
int weft_nothing(long handle, long answer);

int weft_nothing(long handle, long answer)
{
    (void)handle;
    (void)answer;
    return 0;
}
